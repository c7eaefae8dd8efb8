/** What an index is about. */
import { isSign, isWord, nameOf, significant, type Token, tokenize } from "./tokens.ts";

/**
 * The columns of the index that `sql` makes; null where it is about more than columns as they are: about expressions, a part
 * of the rows, or a collation of its own.
 */
export function indexedColumns(sql: string): readonly string[] | null {
  const tokens = significant(tokenize(sql));
  const on = tokens.findIndex((token) => isWord(token, "ON"));
  if (on < 0 || !isSign(tokens[on + 2], "(") || !isSign(tokens.at(-1), ")")) return null;
  const columns = split(tokens.slice(on + 3, -1)).map(columnOf);
  return columns.every((name) => name !== null) ? columns : null;
}

function split(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lists: Token[][] = [[]];
  for (const token of tokens) {
    if (isSign(token, ",")) lists.push([]);
    else lists.at(-1)?.push(token);
  }
  return lists;
}

function columnOf([first, order, ...more]: readonly Token[]): string | null {
  const ordered = order === undefined || isWord(order, "ASC") || isWord(order, "DESC");
  return ordered && more.length === 0 ? nameOf(first) : null;
}
