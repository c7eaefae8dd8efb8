import { type Cursor, failToParse, take } from "./cursor.ts";

/** Where a line comment of SQL stands, from its dashes to the end of its line. */
export interface LineComment {
  readonly from: number;
  readonly to: number;
}

/** What may begin something that holds `--` without being a comment, and comments themselves. */
const interesting = /--|\/\*|['"`]|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/g;
const toLineEnd = /[^\n\r]*/y;
const quotedBy: Readonly<Record<string, RegExp>> = {
  "'": /'[^']*(?:''[^']*)*'/y,
  '"': /"[^"]*(?:""[^"]*)*"/y,
  "`": /`[^`]*(?:``[^`]*)*`/y,
};
const escapeString = /'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'/y;

/** The line comments of SQL text that are not part of a string, name, dollar quote or block comment. Throws FILE_DOES_NOT_PARSE. */
export function lineComments(file: string, text: string): LineComment[] {
  const cursor: Cursor = { file, text, at: 0 };
  const comments: LineComment[] = [];
  for (;;) {
    interesting.lastIndex = cursor.at;
    const found = interesting.exec(text);
    if (!found) return comments;
    const from = found.index;
    cursor.at = from;
    if (found[0] === "--") {
      take(cursor, toLineEnd);
      comments.push({ from, to: cursor.at });
    } else skipQuoted(cursor, found[0]);
  }
}

function skipQuoted(cursor: Cursor, opening: string): void {
  if (opening === "/*") skipBlockComment(cursor);
  else if (opening.startsWith("$")) skipDollarQuote(cursor, opening);
  else if (!take(cursor, quotePattern(cursor, opening))) {
    failToParse(cursor, `this ${opening} has no end`);
  }
}

function quotePattern({ text, at }: Cursor, quote: string): RegExp {
  const isEscapeString =
    quote === "'" && /(?:^|[^\w$])[eE]$/.test(text.slice(Math.max(0, at - 2), at));
  return isEscapeString ? escapeString : (quotedBy[quote] ?? toLineEnd);
}

/** PostgreSQL nests comments and SQLite does not: where nesting does not come out even, it was not meant. */
function skipBlockComment(cursor: Cursor): void {
  const { text, at } = cursor;
  const plainEnd = text.indexOf("*/", at + 2);
  if (plainEnd < 0) failToParse(cursor, "this comment has no end");
  cursor.at = nestedEnd(text, at) ?? plainEnd + 2;
}

function nestedEnd(text: string, from: number): number | null {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  let depth = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return null;
}

/** `$$` behind a letter or digit is part of a name. */
function skipDollarQuote(cursor: Cursor, tag: string): void {
  const { text, at } = cursor;
  if (/[\w$\u0080-\uffff]/.test(text[at - 1] ?? "")) {
    cursor.at += 1;
    return;
  }
  const end = text.indexOf(tag, at + tag.length);
  if (end < 0) failToParse(cursor, `this ${tag} has no end`);
  cursor.at = end + tag.length;
}
