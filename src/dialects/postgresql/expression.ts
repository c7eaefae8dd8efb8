/** Texts of expressions, as far as they can be compared without the server. */
import { tokens } from "./lex.ts";

/** A token that means something: `start` and `end` are its place in the text. */
export interface Word {
  readonly text: string;
  readonly kind: "quoted" | "word" | "symbol";
}

/** The tokens of `sql` without blanks and comments. */
export function wordsOf(sql: string): readonly Word[] {
  const words: Word[] = [];
  for (const { kind, start, end } of tokens(sql)) {
    if (kind !== "space") words.push({ kind, text: sql.slice(start, end) });
  }
  return words;
}

/** `sql` without parentheses around all of it. */
export function withoutParentheses(sql: string): string {
  let text = sql.trim();
  while (text.startsWith("(") && text.endsWith(")") && isEnclosed(wordsOf(text))) {
    text = text.slice(1, -1).trim();
  }
  return text;
}

/** True when the first of `words` is a parenthesis that the last one closes. */
export function isEnclosed(words: readonly Word[]): boolean {
  let depth = 0;
  const closes = words.findIndex(({ text }) => {
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
    return depth === 0;
  });
  return words.length > 1 && words[0]?.text === "(" && closes === words.length - 1;
}

/** A table whose columns an expression may name with it: `"app"."users"."age"`. */
export interface Owner {
  readonly schema: string;
  readonly name: string;
}

/**
 * True for two texts that are one but for blanks, comments, the case of words, quotes around names that need none, the
 * table in front of its own columns, and parentheses around all of it. Whatever else differs is for the server to say.
 */
export function sameText(a: string, b: string, owner: Owner | null = null): boolean {
  if (a === b) return true;
  const [some, others] = [spoken(a, owner), spoken(b, owner)];
  return some.length === others.length && some.every((text, at) => text === others[at]);
}

/** The words of `sql` as they compare. */
export function spoken(sql: string, owner: Owner | null): readonly string[] {
  const words = wordsOf(withoutParentheses(sql)).map(folded);
  return owner ? withoutOwner(words, owner) : words;
}

/** Words that mean something else without quotes; other reserved words are no names without them. */
const speaking = new Set([
  "user",
  "current_user",
  "session_user",
  "current_role",
  "current_catalog",
  "current_schema",
  "current_date",
  "current_time",
  "current_timestamp",
  "localtime",
  "localtimestamp",
  "null",
  "true",
  "false",
  "default",
]);

/** The name of a column as it stands in `spoken`. */
export function spokenName(name: string): string {
  return folded({ kind: "quoted", text: quoted(name) });
}

function folded({ kind, text }: Word): string {
  if (kind === "word") return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const [, plain] = /^"([a-z_][a-z0-9_$]*)"$/.exec(text) ?? [];
  return plain === undefined || speaking.has(plain) ? text : plain;
}

function withoutOwner(words: readonly string[], { schema, name }: Owner): readonly string[] {
  const own = {
    schema: spokenName(schema),
    name: spokenName(name),
  };
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    if (
      words[at] === own.schema &&
      words[at + 1] === "." &&
      words[at + 2] === own.name &&
      words[at + 3] === "."
    )
      at += 3;
    else if (words[at] === own.name && words[at + 1] === "." && words[at - 1] !== ".") at += 1;
    else kept.push(words[at] ?? "");
  }
  return kept;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `sql` with `"app"."users"."age"` as `"users"."age"`: in a scratch table the schema is another one. */
export function withoutSchema(sql: string, owner: Owner): string {
  if (!sql.includes(owner.schema)) return sql;
  const all = [...tokens(sql)].filter(({ kind }) => kind !== "space");
  const is = (at: number, name: string) => {
    const token = all[at];
    const text = token ? sql.slice(token.start, token.end) : "";
    return text === quoted(name) || (token?.kind === "word" && text.toLowerCase() === name);
  };
  const dot = (at: number) => sql.charAt(all[at]?.start ?? -1) === ".";
  let text = "";
  let from = 0;
  for (const [at, token] of all.entries()) {
    if (!is(at, owner.schema) || !dot(at + 1) || !is(at + 2, owner.name) || !dot(at + 3)) continue;
    text += sql.slice(from, token.start);
    from = all[at + 2]?.start ?? from;
  }
  return text + sql.slice(from);
}
