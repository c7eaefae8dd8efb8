import { type Cursor, failToParse, take } from "./cursor.ts";

const blanks = /\s+/y;
const lineComment = /\/\/[^\n\r\u2028\u2029]*/y;
const blockComment = /\/\*[\s\S]*?\*\//y;
const word = /[\w$\u0080-\uffff]+/y;
const quoted =
  /"[^"\\\n\r]*(?:\\(?:\r\n|[\s\S])[^"\\\n\r]*)*"|'[^'\\\n\r]*(?:\\(?:\r\n|[\s\S])[^'\\\n\r]*)*'/y;
const templateText = /[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*/y;
const regularExpression = /\/(?:[^/\\[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+\/\w*/y;

/** Words behind which a slash begins a regular expression; behind any other word it divides. */
const beforeExpression =
  /^(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|instanceof)$/;

/** Text of TypeScript, read token by token just as far as is needed to know what is code at the top level. */
export interface TokenCursor extends Cursor {
  /** The brackets that are open: "`" stands for the `${` of a template. */
  readonly open: { readonly bracket: string; readonly at: number }[];
  /** The first doc comment so far. */
  doc: string | null;
  /** True where a slash would begin a regular expression. */
  expectsValue: boolean;
}

/** A cursor at the start of a module, behind a mark and a `#!` line. */
export function startOfModule(file: string, text: string): TokenCursor {
  const cursor = { file, text, at: 0, open: [], doc: null, expectsValue: true };
  take(cursor, /\uFEFF?(?:#![^\n\r]*)?/y);
  return cursor;
}

/** Skip white space and comments; true if a line ended among them. Throws FILE_DOES_NOT_PARSE. */
export function skipTrivia(cursor: TokenCursor): boolean {
  const { text } = cursor;
  let newLine = false;
  for (;;) {
    const from = cursor.at;
    if (take(cursor, blanks) || take(cursor, blockComment)) {
      const skipped = text.slice(from, cursor.at);
      newLine ||= /[\n\r]/.test(skipped);
      if (cursor.doc === null && /^\/\*\*[^/]/.test(skipped)) cursor.doc = skipped;
    } else if (!take(cursor, lineComment)) {
      if (text.startsWith("/*", from)) failToParse(cursor, "this comment has no end");
      return newLine;
    }
  }
}

/** Skip one token. Throws FILE_DOES_NOT_PARSE. */
export function skipToken(cursor: TokenCursor): void {
  const character = cursor.text[cursor.at] ?? "";
  const value = take(cursor, word)?.[0];
  if (value !== undefined) cursor.expectsValue = beforeExpression.test(value);
  else if (character === '"' || character === "'") skipString(cursor);
  else if (character === "`") skipTemplate(cursor);
  else if (character === "/" && cursor.expectsValue && take(cursor, regularExpression)) {
    cursor.expectsValue = false;
  } else skipSign(cursor, character);
}

function skipString(cursor: TokenCursor): void {
  if (!take(cursor, quoted)) failToParse(cursor, "this string has no end");
  cursor.expectsValue = false;
}

function skipTemplate(cursor: TokenCursor): void {
  const start = cursor.at++;
  skipTemplateText(cursor, start);
}

/** Skip to the end of a template that began at `start`, or into its next `${`. */
function skipTemplateText(cursor: TokenCursor, start: number): void {
  take(cursor, templateText);
  if (cursor.at >= cursor.text.length) failToParse(cursor, "this template has no end", start);
  const isEnd = cursor.text[cursor.at] === "`";
  cursor.at += isEnd ? 1 : 2;
  if (!isEnd) cursor.open.push({ bracket: "`", at: start });
  cursor.expectsValue = !isEnd;
}

function skipSign(cursor: TokenCursor, sign: string): void {
  if ("([{".includes(sign)) cursor.open.push({ bracket: sign, at: cursor.at });
  const closes = ")]}".includes(sign);
  const opened = closes ? cursor.open.pop() : undefined;
  cursor.at++;
  cursor.expectsValue = !closes;
  if (opened?.bracket === "`") skipTemplateText(cursor, opened.at);
}
