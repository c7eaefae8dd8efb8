/** Indexes and views from their texts. */
import type { Index, IndexColumn } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import { meaningful } from "./ddl/meaningful.ts";
import { isSign, isWord, nameOf, sameName, type Token } from "./ddl/tokens.ts";
import { expressionText, findWords, groupAt, itemsOf, textFrom } from "./reflect-text.ts";

/** The index that `sql` makes on a table with `columns`. */
export function indexOf(name: string, sql: string, columns: readonly string[]): Index {
  return plainIndex(name, sql, columns) ?? readIndex(name, sql, columns);
}

/** Most indexes are of columns as they are, with plain names: no more has to be looked for in them. */
const plain = /^CREATE (UNIQUE )?INDEX \S+ ON \S+ ?\((["`]?\w+["`]?(?:, ?["`]?\w+["`]?)*)\)$/;

function plainIndex(name: string, sql: string, columns: readonly string[]): Index | null {
  const [, unique, list] = plain.exec(sql) ?? [];
  const names = list?.split(/, ?/).map((it) => it.replace(/^["`](.*)["`]$/, "$1"));
  if (!names?.every((it) => columns.includes(it))) return null;
  return { name, columns: names.map((of) => ({ of })), ...(unique && { unique: true }) };
}

function readIndex(name: string, sql: string, columns: readonly string[]): Index {
  const tokens = meaningful(sql);
  const open = tokens.findIndex((token) => isSign(token, "("));
  const group = groupAt(tokens, open);
  const [where, ...predicate] = tokens.slice(open + group.length);
  return {
    name,
    columns: itemsOf(group).map((item) => indexColumn(sql, item, columns)),
    ...(isWord(tokens[1], "UNIQUE") && { unique: true }),
    ...(isWord(where, "WHERE") && { where: { sql: expressionText(sql, predicate) } }),
  };
}

/** One column of an index, or one expression, with what is said of its order; `item` are its tokens in `sql`. */
export function indexColumn(
  sql: string,
  item: readonly Token[],
  columns: readonly string[],
): IndexColumn {
  const last = item.at(-1);
  const descends = isWord(last, "DESC");
  const key = descends || isWord(last, "ASC") ? item.slice(0, -1) : item;
  const sorted = isWord(key.at(-2), "COLLATE");
  const [first, ...more] = sorted ? key.slice(0, -2) : key;
  const named = more.length === 0 ? nameOf(first) : null;
  const column = columns.find((it) => named !== null && sameName(it, named));
  const collation = sorted ? nameOf(key.at(-1)) : null;
  return {
    of: column ?? { sql: expressionText(sql, first ? [first, ...more] : []) },
    ...(descends && { order: "desc" }),
    ...(collation !== null && { collation }),
  };
}

/** The view that `sql` makes. */
export function viewOf(name: string, sql: string): View {
  const tokens = meaningful(sql);
  const as = findWords(tokens, "AS");
  const open = tokens.slice(0, as).findIndex((token) => isSign(token, "("));
  const columns =
    open < 0 ? [] : itemsOf(groupAt(tokens, open)).map(([token]) => nameOf(token) ?? "");
  return {
    name,
    ...(columns.length > 0 && { columns }),
    definition: { sql: textFrom(sql, tokens.slice(as + 1)) },
    materialized: false,
  };
}
