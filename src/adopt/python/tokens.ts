/** Python's tokens, as far as migrations need them: https://docs.python.org/3/reference/lexical_analysis.html */
import { unescaped } from "./escapes.ts";

export type TokenKind =
  | "name"
  | "number"
  | "string"
  /** Something whose value only Python knows: an f-string, bytes. */
  | "opaque"
  | "operator"
  /** The end of a logical line. */
  | "newline"
  | "indent"
  | "dedent"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  /** Of a string its value; else as it stands. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** Their texts without the `#`. */
  readonly comments: readonly Token[];
}

const pattern = new RegExp(
  [
    String.raw`(?<blank>[ \t\f\r]+|\\\r?\n)`,
    String.raw`(?<comment>#[^\n]*)`,
    String.raw`(?<line>\n)`,
    String.raw`(?<prefix>[a-zA-Z]{0,2})(?:"""(?<long2>(?:[^\\]|\\[\s\S])*?)"""|'''(?<long1>(?:[^\\]|\\[\s\S])*?)'''|"(?<short2>(?:[^"\\\n]|\\[\s\S])*)"|'(?<short1>(?:[^'\\\n]|\\[\s\S])*)')`,
    String.raw`(?<number>\d[\w.]*|\.\d\w*)`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?<operator>\*\*=?|\/\/=?|<<=?|>>=?|->|:=|\.\.\.|[-+*/%@&|^<>=!]=|[-+*/%@&|^~<>=()[\]{},:.;!$?` +
      "`" +
      "])",
  ].join("|"),
  "uy",
);

/** Null where it is no Python: a string without end, a bracket that closes nothing. */
export function tokenize(source: string): Tokens | null {
  const lexer = new Lexer();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(source);
    if (!found) return null;
    lexer.take(found, from);
  }
  return lexer.finish(source.length);
}

/** Guards the order of things: lines count outside brackets only, and indentation at their beginning. */
class Lexer {
  readonly #tokens: Token[] = [];
  readonly #comments: Token[] = [];
  readonly #indents = [0];
  #depth = 0;
  #column: number | null = 0;
  #sound = true;

  take(found: RegExpExecArray, from: number): void {
    const to = from + found[0].length;
    const { blank, comment, line, number, name, operator } = found.groups ?? {};
    if (blank !== undefined) {
      if (this.#column !== null && !blank.startsWith("\\")) this.#column = widthOf(blank);
    } else if (comment !== undefined) {
      this.#comments.push({ kind: "string", text: comment.slice(1).trim(), from, to });
    } else if (line !== undefined) {
      this.#endLine(from, to);
    } else {
      this.#begin(from);
      if (number !== undefined) this.#push("number", number, from, to);
      else if (name !== undefined) this.#push("name", name, from, to);
      else if (operator !== undefined) this.#operator(operator, from, to);
      else this.#string(found, from, to);
    }
  }

  finish(at: number): Tokens | null {
    this.#endLine(at, at);
    while (this.#indents.length > 1) {
      this.#indents.pop();
      this.#push("dedent", "", at, at);
    }
    this.#push("end", "", at, at);
    return this.#sound && this.#depth === 0
      ? { tokens: this.#tokens, comments: this.#comments }
      : null;
  }

  #push(kind: TokenKind, text: string, from: number, to: number): void {
    this.#tokens.push({ kind, text, from, to });
  }

  /** The first token of a line says how far the line is indented. */
  #begin(at: number): void {
    if (this.#column === null) return;
    const column = this.#column;
    this.#column = null;
    if (column > (this.#indents.at(-1) ?? 0)) {
      this.#indents.push(column);
      this.#push("indent", "", at, at);
    }
    while (column < (this.#indents.at(-1) ?? 0)) {
      this.#indents.pop();
      this.#push("dedent", "", at, at);
    }
  }

  #endLine(from: number, to: number): void {
    if (this.#depth > 0) return;
    if (this.#column === null) this.#push("newline", "", from, to);
    this.#column = 0;
  }

  #operator(text: string, from: number, to: number): void {
    if ("([{".includes(text)) this.#depth++;
    if (")]}".includes(text)) this.#depth--;
    if (this.#depth < 0) this.#sound = false;
    this.#push("operator", text, from, to);
  }

  #string({ groups = {} }: RegExpExecArray, from: number, to: number): void {
    const prefix = (groups.prefix ?? "").toLowerCase();
    const text = groups.long2 ?? groups.long1 ?? groups.short2 ?? groups.short1 ?? "";
    if (/[fbt]/.test(prefix)) this.#push("opaque", text, from, to);
    else this.#push("string", prefix.includes("r") ? text : unescaped(text), from, to);
  }
}

/** A tab reaches to the next multiple of eight. */
function widthOf(blank: string): number {
  let width = 0;
  for (const character of blank) {
    if (character === "\t") width += 8 - (width % 8);
    else if (character === "\f") width = 0;
    else if (character === " ") width++;
  }
  return width;
}
