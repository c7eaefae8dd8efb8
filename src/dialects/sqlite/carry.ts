/** What SQLite keeps about a table elsewhere, and throws away with it. */
import { isWord, sameName, tokenize } from "./ddl/tokens.ts";
import type { Part, Rebuild } from "./part.ts";
import { literal, quoteAll } from "./write.ts";

/** The largest number that AUTOINCREMENT gave, which it must not give again. */
export function sequence({ catalogue, ground: { table, draft }, temporary }: Rebuild): Part[] {
  const counts = (sql: string) => tokenize(sql).some((token) => isWord(token, "AUTOINCREMENT"));
  const before = catalogue.find((it) => it.type === "table" && sameName(it.name, table));
  // A table that did not count until now counts from the rows that were copied.
  if (!counts(before?.sql ?? "") || !counts(draft.table.sql)) return [];
  const [from, to] = [literal(table), literal(temporary)];
  return [
    { sql: `DELETE FROM sqlite_sequence WHERE name = ${to}` },
    {
      sql: `INSERT INTO sqlite_sequence (name, seq) SELECT ${to}, seq FROM sqlite_sequence WHERE name = ${from}`,
    },
  ];
}

const statisticsColumns: Readonly<Record<string, readonly string[]>> = {
  sqlite_stat1: ["idx", "stat"],
  sqlite_stat4: ["idx", "neq", "nlt", "ndlt", "sample"],
};

/** What ANALYZE found out, around the statements that throw it away. */
export function statistics(
  { catalogue, isFile, ground: { table }, temporary }: Rebuild,
  between: readonly Part[],
): Part[] {
  const kept = Object.entries(statisticsColumns).filter(
    ([name]) => catalogue.some((it) => it.name === name) && (isFile || name === "sqlite_stat1"),
  );
  const [from, to] = [literal(table), literal(temporary)];
  return [
    ...kept.map(([name, columns]) => ({
      sql: `INSERT INTO ${name} (tbl, ${quoteAll(columns)}) SELECT ${to}, ${quoteAll(columns)} FROM ${name} WHERE tbl = ${from}`,
    })),
    ...between,
    ...kept.map(([name]) => ({ sql: `UPDATE ${name} SET tbl = ${from} WHERE tbl = ${to}` })),
  ];
}
