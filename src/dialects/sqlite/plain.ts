/** Changes of a table that ALTER TABLE has always made, whatever the table. */
import type { Operation, TableChange } from "../../operations/operation.ts";
import type { Rename } from "./arrange.ts";
import { addsNatively, columnText, leavesGaps } from "./create.ts";
import type { Part } from "./part.ts";
import { noRows } from "./precheck.ts";
import { quote, tableName } from "./write.ts";

/** True when ALTER TABLE does each of `changes` as it stands. */
export function isPlain(changes: readonly TableChange[]): boolean {
  return changes.every(
    (change) =>
      change.kind === "renameColumn" ||
      (change.kind === "addColumn" && addsNatively(change.column)),
  );
}

/** The parts of an operation that is plain. The table is not looked at: the engine knows what it has. */
export function plainChanges({
  table,
  changes,
}: Extract<Operation, { kind: "alterTable" }>): Part[] {
  const name = tableName(table);
  return changes.flatMap((change) => {
    if (change.kind === "renameColumn") return [renameColumn(name, change)];
    if (change.kind !== "addColumn") return [];
    const { column } = change;
    const add = { sql: `ALTER TABLE ${quote(name)} ADD COLUMN ${columnText(column, [])}` };
    return leavesGaps(column) ? [noRows(name, column.name), add] : [add];
  });
}

/** The statement that renames a column. */
export function renameColumn(table: string, { from, to }: Rename): Part {
  return { sql: `ALTER TABLE ${quote(table)} RENAME COLUMN ${quote(from)} TO ${quote(to)}` };
}
