/** Python modules as statements. What is outside of the subset is a statement that stays text. */
import { Cursor, Unreadable } from "./cursor.ts";
import { expression, expressions } from "./expressions.ts";
import { type Token, tokenize } from "./tokens.ts";
import type { Expression, Statement } from "./tree.ts";

/** Null where it is no Python. */
export function parseModule(source: string): readonly Statement[] | null {
  const tokens = tokenize(source);
  if (tokens === null) return null;
  const cursor = new Cursor(tokens.tokens);
  return new Parser(cursor, tokens.comments).statements(({ kind }) => kind === "end");
}

type Bare = Statement extends infer Each
  ? Each extends Statement
    ? Omit<Each, "comments" | "from" | "to">
    : never
  : never;

/** Guards that each comment goes to one statement, the next behind it. */
class Parser {
  readonly #cursor: Cursor;
  readonly #comments: Token[];

  constructor(cursor: Cursor, comments: readonly Token[]) {
    this.#cursor = cursor;
    this.#comments = [...comments];
  }

  statements(isEnd: (next: Token) => boolean): readonly Statement[] {
    const found: Statement[] = [];
    while (!isEnd(this.#cursor.next)) {
      if (this.#cursor.isAt("newline")) this.#cursor.take();
      else found.push(this.#statement());
    }
    return found;
  }

  #statement(): Statement {
    const { from } = this.#cursor.next;
    const comments = this.#commentsUpTo(from);
    const { place } = this.#cursor;
    const bare = this.#attempt() ?? this.#skip(place);
    const { end: to } = this.#cursor;
    const beside = this.#commentsUpTo(to);
    return { ...bare, comments: [...comments, ...beside], from, to } as Statement;
  }

  #commentsUpTo(at: number): readonly string[] {
    const above = this.#comments.findIndex(({ from }) => from > at);
    const taken = this.#comments.splice(0, above < 0 ? this.#comments.length : above);
    return taken.map(({ text }) => text);
  }

  #attempt(): Bare | null {
    try {
      return this.#compound() ?? this.#simple();
    } catch (failure) {
      if (failure instanceof Unreadable) return null;
      throw failure;
    }
  }

  /** The rest of a line that could not be read, and the block under it. */
  #skip(place: number): Bare {
    const cursor = this.#cursor;
    cursor.return(place);
    while (!cursor.isAt("newline") && !cursor.isAt("end")) cursor.take();
    if (cursor.isAt("newline")) cursor.take();
    let depth = 0;
    while (depth > 0 || cursor.isAt("indent")) {
      const { kind } = cursor.take();
      if (kind === "indent") depth++;
      if (kind === "dedent") depth--;
    }
    return { kind: "unknown" };
  }

  #compound(): Bare | null {
    const cursor = this.#cursor;
    if (cursor.takes("def")) return this.#function();
    if (cursor.takes("if")) return this.#if();
    if (!cursor.takes("with")) return null;
    const context = expression(cursor);
    const as = cursor.takes("as") ? cursor.expectKind("name").text : null;
    return { kind: "with", context, as, body: this.#block() };
  }

  #function(): Bare {
    const cursor = this.#cursor;
    const { text: name } = cursor.expectKind("name");
    // What it takes and gives says nothing about what it does.
    while (!cursor.sees(":")) {
      if (cursor.isAt("newline")) throw new Unreadable("no body");
      if (cursor.take().text === "(") this.#closing();
    }
    return { kind: "function", name, body: this.#block() };
  }

  #closing(): void {
    for (let depth = 1; depth > 0; ) {
      const { kind, text } = this.#cursor.take();
      if (kind === "end") throw new Unreadable("no closing bracket");
      if (kind !== "operator") continue;
      if (text === "(") depth++;
      if (text === ")") depth--;
    }
  }

  #if(): Bare {
    const cursor = this.#cursor;
    const test = expression(cursor);
    const body = this.#block();
    if (cursor.sees("elif")) throw new Unreadable("elif");
    const otherwise = cursor.takes("else") ? this.#block() : [];
    return { kind: "if", test, body, otherwise };
  }

  /** Indented, or behind the colon. */
  #block(): readonly Statement[] {
    const cursor = this.#cursor;
    cursor.expect(":");
    if (!cursor.isAt("newline")) return [this.#statement()];
    cursor.take();
    cursor.expectKind("indent");
    const body = this.statements(({ kind }) => kind === "dedent" || kind === "end");
    if (cursor.isAt("dedent")) cursor.take();
    return body;
  }

  #simple(): Bare {
    const cursor = this.#cursor;
    const bare = this.#line();
    if (!cursor.takes(";")) cursor.expectKind("newline");
    return bare;
  }

  #line(): Bare {
    const cursor = this.#cursor;
    if (cursor.takes("pass")) return { kind: "pass" };
    if (cursor.sees("import") || cursor.sees("from")) return this.#import();
    if (cursor.takes("return")) {
      return { kind: "return" };
    }
    const value = expressions(cursor);
    if (cursor.takes(":")) {
      annotation(cursor);
      if (!cursor.sees("=")) return { kind: "pass" };
    }
    return cursor.takes("=")
      ? assignment(value, expressions(cursor))
      : { kind: "expression", value };
  }

  #import(): Bare {
    const cursor = this.#cursor;
    const module = cursor.takes("from") ? dotted(cursor) : null;
    cursor.expect("import");
    cursor.takes("(");
    const names: (readonly [string, string])[] = [];
    while (!cursor.isAt("newline") && !cursor.sees(";")) {
      if (cursor.takes(",") || cursor.takes(")")) continue;
      const what = cursor.takes("*") ? "*" : dotted(cursor);
      const as = cursor.takes("as") ? cursor.expectKind("name").text : null;
      names.push([as ?? what.split(".")[0] ?? what, module ?? what]);
    }
    return { kind: "import", names };
  }
}

/** `sqlalchemy.dialects`, `..models`. */
function dotted(cursor: Cursor): string {
  let name = "";
  while (cursor.sees(".") || cursor.sees("...")) name += cursor.take().text;
  if (name !== "" && cursor.sees("import")) return name;
  name += cursor.expectKind("name").text;
  while (cursor.takes(".")) name += `.${cursor.expectKind("name").text}`;
  return name;
}

/** `revision: Union[str, None] = …`: types are not read. */
function annotation(cursor: Cursor): void {
  while (!cursor.sees("=") && !cursor.isAt("newline")) cursor.take();
}

function assignment(to: Expression, value: Expression): Bare {
  if (to.kind !== "name") throw new Unreadable("several names");
  return { kind: "assign", name: to.name, value };
}
