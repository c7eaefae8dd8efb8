/** Changes of a table: what is refused of them at once, and who carries them out. */
import { fail } from "../../errors.ts";
import { displayName } from "../../model/schema.ts";
import type { AddColumn, AlterTable, TableChange } from "../../operations/kinds/tables.ts";
import { alterTable } from "./alter.ts";
import { collationText, columnText, keyOf } from "./column.ts";
import { constraintText } from "./constraint.ts";
import { effective } from "./effective.ts";
import { isPlain, plainChanges } from "./plain.ts";
import type { Plan } from "./plan.ts";
import { tableName, valueText } from "./write.ts";

/** How `operation` is carried out. */
export function planChanges(operation: AlterTable): Plan {
  tableName(operation.table);
  const changes = effective(operation.changes);
  for (const change of changes) refuseChange(operation, change);
  if (changes.length === 0 && operation.recreate !== "always") return [];
  return async (reader) =>
    isPlain(operation)
      ? plainChanges(operation, reader)
      : (await alterTable(operation, reader)).parts;
}

/** The text of what is new is written to see whether SQLite has it; it is written again when the table is known. */
function refuseChange(operation: AlterTable, change: TableChange): void {
  switch (change.kind) {
    case "addColumn":
      refuseColumn(operation, change);
      return;
    case "alterColumn": {
      const { collation, default: initial } = change.to;
      if (collation) collationText(collation);
      if (initial !== undefined) valueText(initial);
      return;
    }
    case "addConstraint":
      constraintText(change.constraint);
      return;
    case "dropColumn":
    case "renameColumn":
    case "dropConstraint":
    case "renameConstraint":
    case "validateConstraint":
      return;
  }
}

function refuseColumn({ table, changes }: AlterTable, { column, backfill }: AddColumn): void {
  const constraints = changes.flatMap((it) => (it.kind === "addConstraint" ? it.constraint : []));
  columnText(column, { key: keyOf(constraints), strict: false });
  if (backfill === undefined || !column.generated) return;
  fail("OPERATION_INVALID", {
    operation: `+ column ${displayName(table)}.${column.name}`,
    why: "its expression gives it its values; leave `backfill` out",
  });
}
