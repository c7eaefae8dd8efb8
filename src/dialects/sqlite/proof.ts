/** Queries that prove that a rebuild may go on, or lost nothing. */
import { error, type MigError } from "../../errors.ts";
import type { Row } from "../statement.ts";
import { sameName } from "./ddl/tokens.ts";
import type { Part } from "./part.ts";
import { quote } from "./write.ts";

/** Refuse to rebuild without a transaction: half a rebuild would be left behind, and its DROP TABLE deletes children. */
export function inTransaction(operation: string): Part {
  return {
    sql: "SELECT foreign_keys FROM pragma_foreign_keys",
    verify: ([row]) => {
      if (row?.foreign_keys !== 1) return null;
      return error("OPERATION_INVALID", {
        operation,
        why: "dropping or rebuilding a table needs a transaction and foreign keys off; move it out of the revision that says `transaction = false`",
      });
    },
  };
}

/**
/**
 * The proof that no row of `tables` was lost. Rows are counted while there are indexes to count by, before the parts and
 * behind them; the parts may ask how many the first table has.
 */
export function rowsKept(
  tables: readonly string[],
  partsOf: (rows: () => number) => readonly Part[],
): readonly Part[] {
  const counts = tables
    .filter((table, at) => tables.findIndex((it) => sameName(it, table)) === at)
    .map((table) => ({ table, before: 0 }));
  const rows = () => counts[0]?.before ?? 0;
  const query = (table: string) => `SELECT count(*) AS "rows" FROM ${quote(table)}`;
  return [
    ...counts.map((count) => ({
      sql: query(count.table),
      verify: ([row]: readonly Row[]) => {
        count.before = Number(row?.rows);
        return null;
      },
    })),
    ...partsOf(rows),
    ...counts.map((count) => ({
      sql: query(count.table),
      verify: ([row]: readonly Row[]) => changed(count.table, count.before, row?.rows),
    })),
  ];
}

function changed(table: string, before: unknown, after: unknown): MigError | null {
  if (before === after) return null;
  return error("ROWS_CHANGED", { table, before: Number(before), after: Number(after) });
}
