/**
 * Rows that are copied a stretch at a time: between two statements signals come in, and something can be said of how far
 * it is. The rows come in the order of their rowids either way.
 */
import type { Reader } from "../dialect.ts";
import type { StatementProgress } from "../statement.ts";
import type { Ground } from "./rows.ts";
import { quote } from "./write.ts";

/** Rowids of a stretch at least, and stretches at most: as many rows are copied in a tenth of a second, more or less. */
const shortest = 100_000n;
const most = 50n;

/** Rows from which on a copy is worth a word. */
const many = 100_000;

/** The last rowid of each stretch but the last one; none where the table is copied at once. */
export async function stretchesOf(
  { table, rowid }: Ground,
  reader: Reader,
): Promise<readonly bigint[]> {
  if (rowid === null) return [];
  const end = (which: string) => `(SELECT ${which}(${rowid}) FROM ${quote(table)})`;
  const [row] = await reader.all(`SELECT ${end("min")} AS first, ${end("max")} AS last`);
  const [first, last] = [row?.first, row?.last].map((it) => BigInt((it ?? 0) as number | bigint));
  if (first === undefined || last === undefined) return [];
  const even = (last - first) / most + 1n;
  const length = even > shortest ? even : shortest;
  const ends: bigint[] = [];
  for (let at = first + length; at < last; at += length) ends.push(at);
  return ends;
}

/** The condition of the stretch at `index`; they hold every row between them, wherever it came from. */
export function stretch(rowid: string, ends: readonly bigint[], index: number): string {
  const conditions = [
    index > 0 && `${rowid} > ${ends[index - 1]}`,
    index < ends.length && `${rowid} <= ${ends[index]}`,
  ];
  return conditions.filter(Boolean).join(" AND ");
}

/** What is said before rows of `table` are copied; null for so few that nobody waits. */
export function copying(
  table: string,
  rows: number,
  fraction: number | null,
): StatementProgress | null {
  return rows < many ? null : { doing: `copying ${rows} rows of "${table}"`, fraction };
}
