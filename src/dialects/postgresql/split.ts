/** Statements of a text, split as PostgreSQL itself would. */
import type { SourceStatement } from "../dialect.ts";
import { singleStatement } from "../single-statement.ts";
import { tokens } from "./lex.ts";

/** The statements of `text` without their semicolons. A comment stays with the statement that it precedes. */
export function split(text: string): readonly SourceStatement[] {
  const single = singleStatement(text);
  return single ? [single] : splitScript(text);
}

function splitScript(text: string): readonly SourceStatement[] {
  const statements: SourceStatement[] = [];
  let line = 0;
  let counted = 0;
  for (const [start, end] of pieces(text)) {
    const piece = text.slice(start, end);
    const begin = start + piece.search(/\S/);
    line += text.slice(counted, begin).split("\n").length - 1;
    counted = begin;
    statements.push({ sql: piece.trim(), line });
  }
  return statements;
}

/**
 * The statements of `text`, or null where a string, a comment, a parenthesis or a body has no end: it would take what is
 * sent behind it for its own text.
 */
export function splitComplete(text: string): readonly SourceStatement[] | null {
  const single = singleStatement(text);
  if (single) return [single];
  const statements = split(`${text}\n;\nnext`);
  return statements.at(-1)?.sql === "next" ? statements.slice(0, -1) : null;
}

/** Where the statements of `text` begin and end. One that holds only comments is none. */
function* pieces(text: string): Generator<readonly [start: number, end: number]> {
  let start = 0;
  let nesting: Nesting | null = null;
  for (const token of tokens(text)) {
    if (token.kind === "space") continue;
    const word = text.slice(token.start, token.end);
    if (word === ";" && (nesting === null || isClosed(nesting))) {
      if (nesting) yield [start, token.start];
      start = token.end;
      nesting = null;
    } else {
      nesting = after(nesting, token.kind === "quoted" ? "" : word.toUpperCase());
    }
  }
  if (nesting) yield [start, text.length];
}

/** What a semicolon would be inside of. */
interface Nesting {
  readonly first: string;
  readonly previous: string;
  /** A rule's actions stand in parentheses: CREATE RULE … DO ALSO (…; …). */
  readonly parentheses: number;
  /** A function's statements: BEGIN ATOMIC …; END, where CASE … END may stand inside. */
  readonly blocks: number;
}

function isClosed(nesting: Nesting): boolean {
  return nesting.parentheses === 0 && nesting.blocks === 0;
}

function after(nesting: Nesting | null, word: string): Nesting {
  if (!nesting) return after({ first: word, previous: "", parentheses: 0, blocks: 0 }, word);
  const parentheses = nesting.parentheses + (word === "(" ? 1 : word === ")" ? -1 : 0);
  return {
    first: nesting.first,
    previous: word,
    parentheses: Math.max(0, parentheses),
    blocks: nesting.blocks + opens(nesting, word),
  };
}

function opens({ first, previous, blocks }: Nesting, word: string): number {
  if (blocks === 0) return first === "CREATE" && previous === "BEGIN" && word === "ATOMIC" ? 1 : 0;
  // A label or a column may be called END.
  if (previous === "AS" || previous === ".") return 0;
  return word === "CASE" ? 1 : word === "END" ? -1 : 0;
}
