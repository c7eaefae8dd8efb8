/** Tables that no revision made, in the database where a script is tried. */
import { fail } from "../../errors.ts";
import { describe } from "../../operations/describe.ts";
import type { Recorded } from "../../operations/operation.ts";
import type { Reader } from "../dialect.ts";
import type { Statement } from "../statement.ts";
import { effective } from "./effective.ts";
import { split } from "./split.ts";
import { tableName } from "./write.ts";

/** The statements of `copyFrom` where the table that `recorded` changes is not in `scratch`. Throws TABLE_MISSING. */
export async function missingIn(
  scratch: Reader,
  recorded: Recorded,
): Promise<readonly Statement[]> {
  const { operation } = recorded;
  if (operation.kind !== "alterTable") return [];
  if (effective(operation.changes).length === 0 && operation.recreate !== "always") return [];
  const table = tableName(operation.table);
  const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE";
  if ((await scratch.all(sql, [table])).length > 0) return [];
  if (operation.copyFrom === undefined) {
    fail("TABLE_MISSING", { table, operation: describe(operation), inScript: true });
  }
  return split(operation.copyFrom).map(({ sql }) => ({ sql, from: recorded }));
}
