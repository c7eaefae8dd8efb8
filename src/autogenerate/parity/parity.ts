/** The two schemas of a project against each other: whether what is developed on one runs on the other. */
import type { ObjectName, Schema } from "../../model/schema.ts";
import { pair } from "../compare/pair.ts";
import { compareColumns } from "./columns.ts";
import { type Disparity, withoutIgnored } from "./disparity.ts";
import { compareKeys } from "./keys.ts";

export interface Schemas {
  readonly postgresql: Schema;
  readonly sqlite: Schema;
}

/** In what the schemas differ, but for what `ignore` names. */
export function parity(
  { postgresql, sqlite }: Schemas,
  ignore: readonly string[],
): readonly Disparity[] {
  const tables = pair(postgresql.tables, sqlite.tables, lastName);
  const found = [
    ...oneSided("table", tables),
    ...oneSided("view", pair(postgresql.views, sqlite.views, lastName)),
    ...tables.kept.flatMap(([one, other]) => {
      const both = { postgresql: one, sqlite: other };
      const name = lastName(one);
      return [...compareColumns(name, both, postgresql.enums), ...compareKeys(name, both)];
    }),
  ];
  return withoutIgnored(found, ignore);
}

interface Named {
  readonly name: ObjectName;
}

/** SQLite has no schemas to put tables into. */
function lastName({ name }: Named): string {
  return typeof name === "string" ? name : name.name;
}

function oneSided(
  what: "table" | "view",
  { removed, added }: { readonly removed: readonly Named[]; readonly added: readonly Named[] },
): readonly Disparity[] {
  return [
    ...removed.map((it) => ({ name: lastName(it), what, postgresql: lastName(it), sqlite: null })),
    ...added.map((it) => ({ name: lastName(it), what, postgresql: null, sqlite: lastName(it) })),
  ];
}
