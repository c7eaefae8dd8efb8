/** A place among tokens. */
import type { Token } from "./tokens.ts";

/** What is written is outside of the subset. Thrown and caught while parsing, never told. */
export class Unreadable extends Error {}

/** Guards its place: it never leaves the tokens, of which the last is the end. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw new Unreadable("behind the end");
    return token;
  }

  get place(): number {
    return this.#at;
  }

  return(place: number): void {
    this.#at = place;
  }

  /** Where the last token ended that was taken. */
  get end(): number {
    return this.#tokens[this.#at - 1]?.to ?? 0;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== "end") this.#at++;
    return token;
  }

  /** True if the next token is this operator or this word. */
  sees(text: string): boolean {
    const { kind, text: own } = this.next;
    return (kind === "operator" || kind === "name") && own === text;
  }

  /** True if the next token is of this kind. */
  isAt(kind: Token["kind"]): boolean {
    return this.next.kind === kind;
  }

  takes(text: string): boolean {
    const there = this.sees(text);
    if (there) this.take();
    return there;
  }

  expect(text: string): Token {
    if (!this.sees(text)) throw new Unreadable(`no ${text}`);
    return this.take();
  }

  expectKind(kind: Token["kind"]): Token {
    if (!this.isAt(kind)) throw new Unreadable(`no ${kind}`);
    return this.take();
  }
}
