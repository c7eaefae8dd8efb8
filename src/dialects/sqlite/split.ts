/** Splitting SQL text into statements where SQLite ends them. */
import type { SourceStatement } from "../dialect.ts";
import { isSign, isWord, type Token, tokenize } from "./ddl/tokens.ts";

/** The statements of `text`, without their semicolons; comments go with the statement that follows them. */
export function split(text: string): readonly SourceStatement[] {
  const statements: SourceStatement[] = [];
  let tokens: Token[] = [];
  const end = () => {
    const statement = toStatement(text, tokens);
    if (statement) statements.push(statement);
    tokens = [];
  };
  for (const token of tokenize(text)) {
    if (isSign(token, ";") && endsStatement(tokens)) end();
    else tokens.push(token);
  }
  end();
  return statements;
}

function toStatement(text: string, tokens: readonly Token[]): SourceStatement | null {
  const spoken = tokens.filter(isSpoken);
  const first = tokens.find(({ kind }) => kind !== "space");
  if (!first || spoken.length === 0) return null;
  const sql = text.slice(first.start, spoken.at(-1)?.end);
  return { sql, line: text.slice(0, first.start).split("\n").length - 1 };
}

/**
 * Whether a semicolon behind `tokens` ends the statement. The body of a trigger holds semicolons, and ends with the END
 * that follows one: the END of a CASE never does (https://www.sqlite.org/src/file/src/complete.c).
 */
function endsStatement(tokens: readonly Token[]): boolean {
  const spoken = tokens.filter(isSpoken);
  if (!isTrigger(spoken) || !spoken.some((token) => isWord(token, "BEGIN"))) return true;
  return isWord(spoken.at(-1), "END") && isSign(spoken.at(-2), ";");
}

function isTrigger(tokens: readonly Token[]): boolean {
  const words = tokens.slice(0, 6).map(({ text }) => text.toUpperCase());
  if (words[0] === "EXPLAIN") words.splice(0, words[1] === "QUERY" ? 3 : 1);
  if (words[1] === "TEMP" || words[1] === "TEMPORARY") words.splice(1, 1);
  return words[0] === "CREATE" && words[1] === "TRIGGER";
}

function isSpoken({ kind }: Token): boolean {
  return kind !== "space" && kind !== "comment";
}
