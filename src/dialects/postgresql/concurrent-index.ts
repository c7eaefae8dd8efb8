/** Reading which index a statement makes or drops concurrently, whoever wrote it. */
import { leadingTokens } from "./lex.ts";

/** An index, its names spelled as in the statement; `table` only where it is created. */
export interface ConcurrentIndex {
  readonly name: string;
  readonly table: string | null;
}

/** The index of CREATE or DROP INDEX CONCURRENTLY; null for any other statement, and for an index without a name. */
export function concurrentIndex(sql: string): ConcurrentIndex | null {
  const tokens = leadingTokens(sql, 40);
  const words = tokens.map((token) => token.toUpperCase());
  const verb = /^(CREATE|DROP) (UNIQUE )?INDEX CONCURRENTLY\b/.exec(words.join(" "))?.[1];
  if (verb === undefined) return null;
  const named = words.indexOf("CONCURRENTLY") + 1;
  const start = words[named] === "IF" ? words.indexOf("EXISTS") + 1 : named;
  if (verb === "DROP") return { name: tokens.slice(start).join(""), table: null };

  const on = words.indexOf("ON", start);
  const table = words[on + 1] === "ONLY" ? on + 2 : on + 1;
  const end = words.findIndex((word, at) => at > table && (word === "USING" || word === "("));
  if (on <= start || end < 0) return null;
  return { name: tokens.slice(start, on).join(""), table: tokens.slice(table, end).join("") };
}
