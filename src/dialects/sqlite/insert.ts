/** INSERT of many rows, in statements of a size that an engine reads at once. */
import type { Expression, Literal } from "../../model/schema.ts";
import { quote, quoteAll, valueText } from "./write.ts";

type Values = Readonly<Record<string, Literal | Expression>>;

const mostRows = 500;
const mostCharacters = 100_000;

/** The statements that insert `rows` in their order. Columns that a row leaves out get their defaults. */
export function insertRows(table: string, rows: readonly Values[]): string[] {
  return chunks(rows.map(toRow)).map(({ columns, tuples }) => {
    const into = `INSERT INTO ${quote(table)}`;
    if (columns.length === 0) return `${into} DEFAULT VALUES`;
    return `${into} (${quoteAll(columns)}) VALUES\n  ${tuples.join(",\n  ")}`;
  });
}

interface Chunk {
  readonly columns: readonly string[];
  readonly tuples: string[];
  size: number;
}

function toRow(row: Values): { readonly columns: readonly string[]; readonly tuple: string } {
  return { columns: Object.keys(row), tuple: `(${Object.values(row).map(valueText).join(", ")})` };
}

function chunks(rows: readonly ReturnType<typeof toRow>[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (const { columns, tuple } of rows) {
    const last = chunks.at(-1);
    if (last && fits(last, columns, tuple)) {
      last.tuples.push(tuple);
      last.size += tuple.length;
    } else chunks.push({ columns, tuples: [tuple], size: tuple.length });
  }
  return chunks;
}

function fits(chunk: Chunk, columns: readonly string[], tuple: string): boolean {
  // DEFAULT VALUES makes one row.
  if (columns.length === 0 || chunk.tuples.length >= mostRows) return false;
  if (chunk.size + tuple.length > mostCharacters) return false;
  return (
    chunk.columns.length === columns.length &&
    columns.every((name, at) => chunk.columns[at] === name)
  );
}
