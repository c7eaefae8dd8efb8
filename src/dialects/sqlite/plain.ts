/** Changes of a table that ALTER TABLE has always made, whatever the table. */
import type { AlterTable, TableChange } from "../../operations/kinds/tables.ts";
import type { Reader } from "../dialect.ts";
import type { Rename } from "./arrange.ts";
import { addsNatively, anywhere, columnText, leavesGaps } from "./column.ts";
import { effective } from "./effective.ts";
import type { Part } from "./part.ts";
import { noRows } from "./precheck.ts";
import { isSpelledAlike } from "./types.ts";
import { quote, tableName } from "./write.ts";

/** True when ALTER TABLE does each change of the operation as it stands. */
export function isPlain({ changes, recreate }: AlterTable): boolean {
  if (recreate === "always") return false;
  return effective(changes).every((change) => {
    if (change.kind !== "addColumn") return change.kind === "renameColumn";
    return !change.place && !change.backfill && isPlainColumn(change.column);
  });
}

/** NOT NULL of a column that is computed has to be asked of the rows. */
function isPlainColumn(column: Parameters<typeof addsNatively>[0]): boolean {
  return addsNatively(column) && !(column.generated && column.notNull);
}

/** The parts of an operation that is plain. The engine knows what the table has, and is asked only if it is strict. */
export async function plainChanges(operation: AlterTable, reader: Reader): Promise<Part[]> {
  const name = tableName(operation.table);
  const changes = effective(operation.changes);
  const asks = changes.some((it) => it.kind === "addColumn" && !isSpelledAlike(it.column.type));
  return partsOf(name, changes, asks && (await isStrict(reader, name)));
}

function partsOf(table: string, changes: readonly TableChange[], strict: boolean): Part[] {
  return changes.flatMap((change) => {
    if (change.kind === "renameColumn") return [renameColumn(table, change)];
    if (change.kind !== "addColumn") return [];
    const { column } = change;
    const text = columnText(column, { ...anywhere, strict });
    const add = { sql: `ALTER TABLE ${quote(table)} ADD COLUMN ${text}` };
    return leavesGaps(column) ? [noRows(table, column.name), add] : [add];
  });
}

async function isStrict(reader: Reader, table: string): Promise<boolean> {
  const sql = "SELECT strict FROM pragma_table_list(?) WHERE schema = 'main'";
  const [row] = await reader.all(sql, [table]);
  return row?.strict === 1;
}

/** The statement that renames a column. */
export function renameColumn(table: string, { from, to }: Rename): Part {
  return { sql: `ALTER TABLE ${quote(table)} RENAME COLUMN ${quote(from)} TO ${quote(to)}` };
}
