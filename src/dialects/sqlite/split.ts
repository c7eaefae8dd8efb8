/** Splitting SQL text into statements where SQLite ends them. */
import type { SourceStatement } from "../dialect.ts";
import { singleStatement } from "../single-statement.ts";
import { isSign, isWord, type Token, tokenAt } from "./ddl/tokens.ts";

/** The statements of `text`, without their semicolons; comments go with the statement that follows them. */
export function split(text: string): readonly SourceStatement[] {
  const single = singleStatement(text);
  return single ? [single] : splitScript(text);
}

function splitScript(text: string): readonly SourceStatement[] {
  const statements: SourceStatement[] = [];
  const lineOf = lineCounter(text);
  let piece: Piece | null = null;
  const end = () => {
    if (piece?.last) {
      const { start, last } = piece;
      statements.push({ sql: text.slice(start, last.end), line: lineOf(start) });
    }
    piece = null;
  };
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    at = token.end;
    if (isSign(token, ";") && (piece === null || endsStatement(piece))) end();
    else if (token.kind !== "space") {
      piece ??= { start: token.start, head: [], begins: false, last: undefined, before: undefined };
      if (token.kind !== "comment") extend(piece, token);
    }
  }
  end();
  return statements;
}

/** A statement as far as it was read: a script may be long, so what tells where it ends is all that is kept of it. */
interface Piece {
  /** Where its first token or comment begins. */
  readonly start: number;
  /** Its first words: as many as CREATE TRIGGER can be hidden behind. */
  readonly head: string[];
  /** A BEGIN was among its tokens. */
  begins: boolean;
  last: Token | undefined;
  before: Token | undefined;
}

function extend(piece: Piece, token: Token): void {
  if (piece.head.length < 6) piece.head.push(token.text.toUpperCase());
  piece.begins ||= isWord(token, "BEGIN");
  piece.before = piece.last;
  piece.last = token;
}

/**
 * Whether a semicolon behind `piece` ends the statement. The body of a trigger holds semicolons, and ends with the END
 * that follows one: the END of a CASE never does (https://www.sqlite.org/src/file/src/complete.c).
 */
function endsStatement({ head, begins, last, before }: Piece): boolean {
  if (!begins || !isTrigger(head)) return true;
  return isWord(last, "END") && isSign(before, ";");
}

function isTrigger(head: readonly string[]): boolean {
  const words = [...head];
  if (words[0] === "EXPLAIN") words.splice(0, words[1] === "QUERY" ? 3 : 1);
  if (words[1] === "TEMP" || words[1] === "TEMPORARY") words.splice(1, 1);
  return words[0] === "CREATE" && words[1] === "TRIGGER";
}

/** Counts the lines before a place, from 0; each place that is asked for is behind the one before. */
function lineCounter(text: string): (place: number) => number {
  let line = 0;
  let next = text.indexOf("\n");
  return (place) => {
    while (next >= 0 && next < place) {
      line += 1;
      next = text.indexOf("\n", next + 1);
    }
    return line;
  };
}
