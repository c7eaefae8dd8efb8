/** Rows as INSERT statements. */
import type { Expression, Literal, TableName } from "../../model/schema.ts";
import { columnList, table, value } from "./write.ts";

type Rows = readonly Readonly<Record<string, Literal | Expression>>[];

/** Enough that statements are few, and that one is still read as one. */
const rowsAtOnce = 1000;

/** The statements that insert `rows`. A column that a row leaves out gets its default. */
export function insert(into: TableName, rows: Rows): readonly string[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // VALUES () is no SQL.
  if (columns.length === 0) return rows.map(() => `INSERT INTO ${table(into)} DEFAULT VALUES`);
  const head = `INSERT INTO ${table(into)} (${columnList(columns)}) VALUES`;
  return chunks(rows.map((row) => tuple(row, columns))).map(
    (tuples) => `${head}\n  ${tuples.join(",\n  ")}`,
  );
}

function tuple(row: Rows[number], columns: readonly string[]): string {
  const values = columns.map((column) => {
    const given = row[column];
    return given === undefined ? "DEFAULT" : value(given);
  });
  return `(${values.join(", ")})`;
}

function chunks(tuples: readonly string[]): string[][] {
  const count = Math.ceil(tuples.length / rowsAtOnce);
  return Array.from({ length: count }, (_, at) =>
    tuples.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce),
  );
}
