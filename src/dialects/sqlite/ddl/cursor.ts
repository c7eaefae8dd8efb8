/** Reading tokens one after the other. */

import { meaningful } from "./meaningful.ts";
import type { Source, Span } from "./table.ts";
import { isSign, isWord, nameOf, type Token } from "./tokens.ts";

/** Tokens that mean something, and the next one. */
export interface Cursor {
  readonly source: Source;
  readonly tokens: readonly Token[];
  at: number;
}

/** The beginning of a text. */
export function beginningOf(sql: string): Cursor {
  const source = { sql, tokens: meaningful(sql) };
  return { source, tokens: source.tokens, at: 0 };
}

/** Thrown for text that is not understood with certainty; such a table is not edited. */
export class Unreadable extends Error {}

/** The next token, or one further ahead. */
export function peek(cursor: Cursor, ahead = 0): Token | undefined {
  return cursor.tokens[cursor.at + ahead];
}

/** True when the next tokens are these keywords. */
export function sees(cursor: Cursor, ...words: readonly string[]): boolean {
  for (let ahead = 0; ahead < words.length; ahead += 1) {
    if (!isWord(peek(cursor, ahead), words[ahead] ?? "")) return false;
  }
  return true;
}

/** True when the next token is this sign. */
export function seesSign(cursor: Cursor, sign: string): boolean {
  return isSign(peek(cursor), sign);
}

/** Step over the next token. */
export function take(cursor: Cursor): Token {
  const token = peek(cursor);
  if (!token) throw new Unreadable("it ends too early");
  cursor.at += 1;
  return token;
}

/** Step over these keywords if they are next. */
export function skip(cursor: Cursor, ...words: readonly string[]): boolean {
  const found = sees(cursor, ...words);
  if (found) cursor.at += words.length;
  return found;
}

/** Step over this sign if it is next. */
export function skipSign(cursor: Cursor, sign: string): boolean {
  const found = seesSign(cursor, sign);
  if (found) cursor.at += 1;
  return found;
}

/** Step over these keywords; anything else is not understood. */
export function demand(cursor: Cursor, ...words: readonly string[]): void {
  if (!skip(cursor, ...words)) throw misread(cursor);
}

/** Step over a name, in whatever quotes. */
export function takeName(cursor: Cursor): { readonly name: string; readonly token: Token } {
  const name = nameOf(peek(cursor));
  if (name === null) throw misread(cursor);
  return { name, token: take(cursor) };
}

/** Step over one pair of parentheses and all that is in it. */
export function takeGroup(cursor: Cursor): readonly Token[] {
  const first = cursor.at;
  if (!seesSign(cursor, "(")) throw misread(cursor);
  let depth = 0;
  do {
    const token = take(cursor);
    if (isSign(token, "(")) depth += 1;
    if (isSign(token, ")")) depth -= 1;
  } while (depth > 0);
  return cursor.tokens.slice(first, cursor.at);
}

/** From the token numbered `first` up to where the cursor stands. */
export function spanSince(cursor: Cursor, first: number): Span {
  const start = cursor.tokens[first]?.start ?? 0;
  return { start, end: cursor.tokens[cursor.at - 1]?.end ?? start };
}

/** What to throw where the next token is not expected. */
export function misread(cursor: Cursor): Unreadable {
  const token = peek(cursor);
  return new Unreadable(token ? `near ${JSON.stringify(token.text)}` : "it ends too early");
}
