/** Whether two texts of a table say the same, to the comment. */

import type { TableText } from "./ddl/table.ts";
import { significant, type Token, tokenize } from "./ddl/tokens.ts";

/** True when `sql` is `wanted`, but for blanks, the place of comments, and how the table's own name is quoted. */
export function hasText(wanted: TableText, sql: string): boolean {
  const [a, b] = [tokenize(wanted.sql), tokenize(sql)];
  return same(spoken(a), spoken(b)) && same(comments(a), comments(b));
}

/** The third token is the table's name; qualifiers repeat it. */
function spoken(tokens: readonly Token[]): string[] {
  const meant = significant(tokens);
  const own = unquoted(meant[2]);
  return meant.map((token) => (unquoted(token) === own ? own : foldWord(token)));
}

function unquoted(token: Token | undefined): string {
  return token?.text.replace(/^["`[]|["`\]]$/g, "").toLowerCase() ?? "";
}

function foldWord({ kind, text }: Token): string {
  return kind === "word" ? text.toUpperCase() : text;
}

function comments(tokens: readonly Token[]): string[] {
  return tokens
    .filter(({ kind }) => kind === "comment")
    .map(({ text }) => text.trim())
    .sort();
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, at) => text === b[at]);
}
