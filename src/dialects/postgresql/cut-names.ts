/** Wanted names that are one name once the server has cut them off. The second could not be made. */
import { fail } from "../../errors.ts";
import type { Constraint, Schema, SchemaTable } from "../../model/schema.ts";
import { localName } from "../../operations/apply/names.ts";
import { truncated } from "./truncate.ts";

/** Throw NAMES_CUT_ALIKE for tables, indexes and keys of one schema, and for checks and references of one table. */
export function refuseSameCuts({ tables }: Schema): void {
  const bySchema = new Map<string, Map<string, string>>();
  for (const table of tables) {
    const schema = typeof table.name === "string" ? "" : table.name.schema;
    const claimed = bySchema.get(schema) ?? new Map<string, string>();
    bySchema.set(schema, claimed);
    for (const name of relationsOf(table)) claim(claimed, name);
    const own = new Map<string, string>();
    for (const { name } of table.constraints) claim(own, name);
  }
}

/** Keys and uniques are indexes, and stand beside them and the tables. */
function relationsOf({ name: table, constraints, indexes }: SchemaTable): readonly string[] {
  const isIndex = ({ kind }: Constraint) => kind === "primaryKey" || kind === "unique";
  return [localName(table), ...[...constraints.filter(isIndex), ...indexes].map((it) => it.name)];
}

function claim(claimed: Map<string, string>, name: string): void {
  const cut = truncated(name);
  const other = claimed.get(cut);
  if (other !== undefined && other !== name) fail("NAMES_CUT_ALIKE", { names: [other, name], cut });
  claimed.set(cut, name);
}
