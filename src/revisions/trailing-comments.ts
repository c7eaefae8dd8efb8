/** Comments at the ends of lines: what they say can be said anew without the revision becoming another one. */
import type { Revision } from "./revision.ts";
import { lineComments } from "./sql-text.ts";
import { skipToken, skipTrivia, startOfModule } from "./tokens.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether any line may have one; most files have none, and are not taken apart. */
const mayHave: Readonly<Record<Revision["format"], RegExp>> = {
  module: /^[ \t]*[^\s/*][^\n]*\/[/*]/m,
  sql: /^[ \t]*[^\s-][^\n]*--/m,
};

/**
 * `text` without the comments that stand behind something on its line. What looks like one in a string, a template or a
 * function's body stays, and so does everything in a text that cannot be read.
 */
export function withoutTrailingComments(text: string, format: Revision["format"]): string {
  if (!mayHave[format].test(text)) return text;
  try {
    const spans = format === "sql" ? inSql(text) : inModule(text);
    return without(text, spans);
  } catch {
    return text;
  }
}

function without(text: string, spans: readonly Span[]): string {
  const starts = [0, ...spans.map(({ to }) => to)];
  return starts.map((start, at) => text.slice(start, spans[at]?.from)).join("");
}

function inSql(text: string): readonly Span[] {
  return lineComments("", text).filter(({ from }) => {
    const line = text.slice(text.lastIndexOf("\n", from - 1) + 1, from);
    return line.trim() !== "";
  });
}

/** Blanks and comments up to the end of a line. */
const toLineEnd = /(?:[ \t]|\/\*(?:(?!\*\/)[^\n])*\*\/)*(?:\/\/[^\n]*)?(?=\n|$)/y;

function inModule(text: string): readonly Span[] {
  const cursor = startOfModule("", text);
  const spans: Span[] = [];
  skipTrivia(cursor);
  while (cursor.at < text.length) {
    skipToken(cursor);
    const from = cursor.at;
    skipTrivia(cursor);
    toLineEnd.lastIndex = from;
    if (cursor.at > from && toLineEnd.test(text)) spans.push({ from, to: toLineEnd.lastIndex });
  }
  return spans;
}
