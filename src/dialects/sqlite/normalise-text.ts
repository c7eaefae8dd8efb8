/**
 * When two texts say the same. SQLite keeps what it is given to the letter, so there is nothing to ask it: two texts are
 * the same when they are so but for blanks, comments, the case of words, how names are quoted, the table in front of its
 * own columns, and parentheses around all of it. `1` and `'1'` are two texts, and so are `a <> b` and `a != b`.
 */
import { meaningful } from "./ddl/meaningful.ts";
import { foldName, isSign, nameOf, type Token } from "./ddl/tokens.ts";
import { inner } from "./reflect-text.ts";

export function sameText(a: string, b: string, table: string | null = null): boolean {
  if (a === b) return true;
  const [some, others] = [spoken(a, table), spoken(b, table)];
  return some.length === others.length && some.every((text, at) => text === others[at]);
}

/** The same for defaults, where `true` is 1. https://www.sqlite.org/datatype3.html#boolean_datatype */
export function sameDefault(a: string, b: string): boolean {
  return a === b || sameText(asNumber(a), asNumber(b));
}

function asNumber(sql: string): string {
  const text = sql.trim();
  if (/^true$/i.test(text)) return "1";
  return /^false$/i.test(text) ? "0" : text;
}

function spoken(sql: string, table: string | null): readonly string[] {
  const tokens = inner(meaningful(sql));
  return (table === null ? tokens : withoutTable(tokens, table)).map(folded);
}

/** `tokens` without the table in front of its own columns: `"users"."age"`. */
export function withoutTable(tokens: readonly Token[], table: string): readonly Token[] {
  const own = foldName(table);
  const isOwn = (at: number) => {
    const name = nameOf(tokens[at]);
    if (name === null || tokens[at]?.kind === "string" || foldName(name) !== own) return false;
    return isSign(tokens[at + 1], ".") && !isSign(tokens[at - 1], ".");
  };
  return tokens.filter((_, at) => !isOwn(at) && !isOwn(at - 1));
}

/** Words that mean something else without quotes; other keywords are no names without them. */
const speaking = new Set([
  "null",
  "true",
  "false",
  "current_date",
  "current_time",
  "current_timestamp",
]);

function folded(token: Token): string {
  if (token.kind === "word") return foldName(token.text);
  if (token.kind === "blob") return token.text.toUpperCase();
  if (token.kind !== "quoted") return token.text;
  const name = foldName(nameOf(token) ?? "");
  return speaking.has(name) || !/^[a-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*$/u.test(name)
    ? `"${name}"`
    : name;
}
