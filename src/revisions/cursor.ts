import { fail } from "../errors.ts";

/** A place in the text of a file. Reading moves it forward, never back. */
export interface Cursor {
  /** The file's name, for errors. */
  readonly file: string;
  readonly text: string;
  at: number;
}

/** What `pattern`, which must be sticky, matches at the cursor, which moves behind it; null if it does not match. */
export function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (match) cursor.at = pattern.lastIndex;
  return match;
}

/** `file:line` of a place in a text. */
export function locationOf({ file, text }: Cursor, at: number): string {
  return `${file}:${lineOf(text, at)}`;
}

/** The number of the line that holds `at`, counted from 1. */
export function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) {
    line++;
  }
  return line;
}

/** Throw FILE_DOES_NOT_PARSE for what begins at `at`. */
export function failToParse(cursor: Cursor, why: string, at = cursor.at): never {
  fail("FILE_DOES_NOT_PARSE", { file: cursor.file, why }, { location: locationOf(cursor, at) });
}

/** The text of a file without the mark that some editors put before it. */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
