/** SQL text as tokens, the way SQLite reads it: https://www.sqlite.org/src/file/src/tokenize.c */

/** What kinds of token there are: `sign` is any other character. */
export type TokenKind =
  | "space"
  | "comment"
  | "word"
  | "quoted"
  | "string"
  | "blob"
  | "number"
  | "variable"
  | "sign";

/** A piece of the text, from `start` up to `end`. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Tried in this order. A quote or comment that is never closed runs to the end, where the engine will refuse it. */
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ["space", /[ \t\n\f\r\ufeff]+/y],
  ["comment", /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ["blob", /[xX]'[0-9a-fA-F]*'/y],
  ["string", /'(?:[^']|'')*(?:'|$)/y],
  ["quoted", /"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)/y],
  ["number", /0[xX][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y],
  ["word", /[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*/uy],
  ["variable", /\?\d*|[@#:$][\w$\u0080-\u{10ffff}]+/uy],
  ["sign", /[\s\S]/uy],
];

/** Every token of `sql`, spaces and comments among them: their texts joined are `sql` again. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; ) {
    const token = tokenAt(sql, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** The token that begins at `start`. */
export function tokenAt(sql: string, start: number): Token {
  for (const [kind, pattern] of patternsFor(sql.charCodeAt(start))) {
    pattern.lastIndex = start;
    if (pattern.test(sql)) {
      const end = pattern.lastIndex;
      return { kind, text: sql.slice(start, end), start, end };
    }
  }
  // Half of a surrogate pair; no pattern takes it, and no engine does.
  return { kind: "sign", text: sql.charAt(start), start, end: start + 1 };
}

type Pattern = (typeof patterns)[number];

const byFirst = new Map<number, readonly Pattern[]>();

/** The patterns that may take a token that begins with this character: with most there is one, or two. */
function patternsFor(code: number): readonly Pattern[] {
  if (code > 127) return patterns;
  const known = byFirst.get(code);
  if (known) return known;
  const first = String.fromCharCode(code);
  const found = patterns.filter(([kind]) => beginnings[kind].test(first));
  byFirst.set(code, found);
  return found;
}

/** What the first character of a token tells of its kind, among those of ASCII. */
const beginnings: Readonly<Record<TokenKind, RegExp>> = {
  space: /\s/,
  comment: /[-/]/,
  blob: /[xX]/,
  string: /'/,
  quoted: /["`[]/,
  number: /[\d.]/,
  word: /[A-Za-z_]/,
  variable: /[?@#:$]/,
  sign: /[\s\S]/,
};

/** The tokens that mean something. */
export function significant(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ kind }) => kind !== "space" && kind !== "comment");
}

/** True when `token` is the keyword `word`, in any case. */
export function isWord(token: Token | undefined, word: string): token is Token {
  if (token?.kind !== "word" || token.text.length !== word.length) return false;
  return token.text === word || token.text.toUpperCase() === word;
}

/** True when `token` is the sign `text`. */
export function isSign(token: Token | undefined, text: string): token is Token {
  return token?.kind === "sign" && token.text === text;
}

/** The name that `token` spells, in whatever quotes; null when it spells none. SQLite takes strings for names, too. */
export function nameOf(token: Token | undefined): string | null {
  if (token?.kind === "word") return token.text;
  if (token?.kind !== "quoted" && token?.kind !== "string") return null;
  const quote = token.text.charAt(0);
  const inner = token.text.slice(1, -1);
  return quote === "[" || !inner.includes(quote) ? inner : inner.replaceAll(quote + quote, quote);
}

/** Names are equal regardless of the case of ASCII letters, and of those only. */
export function sameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b);
}

/** `name` as it compares: for sets and maps of names. */
export function foldName(name: string): string {
  return /[A-Z]/.test(name) ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
}

/** The names, folded, that `sql` could be speaking of. */
export function mentions(sql: string): ReadonlySet<string> {
  const names = significant(tokenize(sql)).map(nameOf);
  return new Set(names.filter((name) => name !== null).map(foldName));
}
