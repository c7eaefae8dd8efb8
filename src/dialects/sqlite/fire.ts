/** A statement that would fire a trigger: compiling it compiles the trigger. */
import { isSign, isWord, nameOf, significant, type Token, tokenize } from "./ddl/tokens.ts";
import { quote } from "./write.ts";

/** The statement that fires the trigger made by `sql`; null where its head is not understood. */
export function firing(
  sql: string,
  columns: (relation: string) => readonly string[],
): string | null {
  const tokens = significant(tokenize(sql));
  const event = tokens.findIndex(
    (token, at) => isEvent(token) && (isWord(tokens[at + 1], "ON") || isWord(tokens[at + 1], "OF")),
  );
  const on = tokens.findIndex((token, at) => at > event && isWord(token, "ON"));
  const relation = relationAfter(tokens, on);
  if (event < 0 || relation === null) return null;
  if (isWord(tokens[event], "INSERT")) return `INSERT INTO ${quote(relation)} DEFAULT VALUES`;
  if (isWord(tokens[event], "DELETE")) return `DELETE FROM ${quote(relation)}`;
  const of = isWord(tokens[event + 1], "OF")
    ? tokens.slice(event + 2, on).flatMap((it) => nameOf(it) ?? [])
    : null;
  const set = (of ?? columns(relation).slice(0, 1)).map((name) => `${quote(name)} = NULL`);
  return set.length > 0 ? `UPDATE ${quote(relation)} SET ${set.join(", ")}` : null;
}

function isEvent(token: Token): boolean {
  return isWord(token, "INSERT") || isWord(token, "DELETE") || isWord(token, "UPDATE");
}

function relationAfter(tokens: readonly Token[], on: number): string | null {
  if (on < 0) return null;
  return nameOf(isSign(tokens[on + 2], ".") ? tokens[on + 3] : tokens[on + 1]);
}
