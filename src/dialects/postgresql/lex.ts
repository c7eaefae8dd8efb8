/** The tokens of SQL, as far as splitting needs them. https://www.postgresql.org/docs/current/sql-syntax-lexical.html */

/** A token and where it ends. `space` is white space and comments, `quoted` strings and quoted names. */
export interface Token {
  readonly kind: "space" | "quoted" | "word" | "symbol";
  readonly start: number;
  readonly end: number;
}

/** The tokens of `text`, in order and without gaps. What is not closed runs to the end. */
export function* tokens(text: string): Generator<Token> {
  for (let start = 0; start < text.length; ) {
    const token = tokenAt(text, start);
    yield token;
    start = token.end;
  }
}

/** The first tokens of `text`, without comments: `["drop", "index", "concurrently"]`. */
export function leadingTokens(text: string, count: number): string[] {
  const found: string[] = [];
  for (const token of tokens(text)) {
    if (found.length >= count) break;
    if (token.kind !== "space") found.push(text.slice(token.start, token.end));
  }
  return found;
}

function tokenAt(text: string, start: number): Token {
  const token = (kind: Token["kind"], end: number | null): Token | null =>
    end === null ? null : { kind, start, end };
  const matched = (pattern: RegExp) => match(pattern, text, start);

  return (
    token("space", matched(/\s+|--[^\n\r]*/y)) ??
    token("space", text.startsWith("/*", start) ? blockCommentEnd(text, start) : null) ??
    token("quoted", quotedEnd(text, start)) ??
    // A dollar inside a word does not open a string.
    token("word", matched(/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y)) ?? {
      kind: "symbol",
      start,
      end: matched(/\d[\w.$]*/y) ?? start + 1,
    }
  );
}

/** Where `pattern`, which is sticky, ends if it begins at `start`. */
function match(pattern: RegExp, text: string, start: number): number | null {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** Comments nest. */
function blockCommentEnd(text: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

function quotedEnd(text: string, start: number): number | null {
  const first = text[start];
  if (first === "'" || first === '"') return plainEnd(text, start + 1, first);
  if (first === "$") return dollarEnd(text, start);
  const escapes = (first === "E" || first === "e") && text[start + 1] === "'";
  return escapes ? escapeEnd(text, start + 2) : null;
}

/** The end of '…' or "…" that opened before `from`. A doubled quote stands for itself. */
function plainEnd(text: string, from: number, mark: string): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 2)) {
    if (text[at + 1] !== mark) return at + 1;
  }
  return text.length;
}

/** The end of E'…' that opened before `from`. A string goes on in the same manner when the next begins on a new line. */
function escapeEnd(text: string, from: number): number {
  const marks = /\\[\s\S]|''|'/g;
  marks.lastIndex = from;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    if (mark[0] !== "'") continue;
    const next = match(
      /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:\s|--[^\n\r]*[\n\r])*'/y,
      text,
      marks.lastIndex,
    );
    if (next === null) return marks.lastIndex;
    marks.lastIndex = next;
  }
  return text.length;
}

/** The end of $tag$…$tag$; null for the dollar of a parameter. */
function dollarEnd(text: string, start: number): number | null {
  const from = match(/\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y, text, start);
  if (from === null) return null;
  const tag = text.slice(start, from);
  const closing = text.indexOf(tag, from);
  return closing < 0 ? text.length : closing + tag.length;
}
