/** Queries that prove that a rebuild may go on, or lost nothing. */
import { error, type MigError } from "../../errors.ts";
import type { Row } from "../statement.ts";
import { sameName } from "./ddl/tokens.ts";
import type { Part, Rebuild } from "./part.ts";
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
 * The proof that no row was lost, of the table or of those that refer to it. Rows are counted while there are indexes to
 * count by, before the rebuild and behind it; the parts of the rebuild may ask how many there are.
 */
export function rowsKept(
  { children, ground: { table } }: Rebuild,
  partsOf: (rows: () => number) => readonly Part[],
): readonly Part[] {
  const others = children.filter((child) => !sameName(child, table));
  const counts = [table, ...others].map((child) => ({ child, before: 0 }));
  const rows = () => counts[0]?.before ?? 0;
  const query = (child: string) => `SELECT count(*) AS "rows" FROM ${quote(child)}`;
  return [
    ...counts.map((count) => ({
      sql: query(count.child),
      verify: ([row]: readonly Row[]) => {
        count.before = Number(row?.rows);
        return null;
      },
    })),
    ...partsOf(rows),
    ...counts.map((count) => ({
      sql: query(count.child),
      verify: ([row]: readonly Row[]) => changed(count.child, count.before, row?.rows),
    })),
  ];
}

function changed(table: string, before: unknown, after: unknown): MigError | null {
  if (before === after) return null;
  return error("ROWS_CHANGED", { table, before: Number(before), after: Number(after) });
}
