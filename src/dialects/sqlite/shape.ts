/** What of a table's text decides how its rows and indexes are stored. */
import { type ColumnText, type TableText, textOf } from "./ddl/table.ts";
import { isWord, significant, tokenize } from "./ddl/tokens.ts";
import type { Engine } from "./driver.ts";
import { affinity } from "./types.ts";
import { literal } from "./write.ts";

/** The query for the columns of `table`, as the engine reads them. */
export function columnsOf(table: string): string {
  return `SELECT name, type, pk, hidden FROM pragma_table_xinfo(${literal(table)})`;
}

/** Equal for texts under which the same rows and indexes are stored in the same way. */
export function shapeOf(engine: Engine, table: string, text: TableText): string {
  const all = (sql: string) =>
    engine.prepare(sql).all() as readonly Readonly<Record<string, unknown>>[];
  const columns = all(columnsOf(table)).map((column, at) => {
    const own = text.columns[at];
    return {
      ...column,
      type: affinity(String(column.type), text.strict),
      stored: own ? storedBy(text, own) : null,
    };
  });
  const indexes = all(
    `SELECT list.name, list."unique", list.origin, list.partial, entry.seqno, entry.cid, entry."desc", entry.coll, entry."key"
FROM pragma_index_list(${literal(table)}) AS list, pragma_index_xinfo(list.name) AS entry ORDER BY list.name, entry.seqno`,
  );
  const kinds = all(
    `SELECT wr, strict FROM pragma_table_list(${literal(table)}) WHERE schema = 'main'`,
  );
  const numbers = tokenize(text.sql).some((token) => isWord(token, "AUTOINCREMENT"));
  return JSON.stringify({ columns, indexes, kinds, numbers });
}

/** The collation and the expression of a column: the first decides about indexes, the second may be stored. */
function storedBy(table: TableText, { constraints }: ColumnText): readonly string[] {
  return constraints
    .filter(({ kind }) => kind === "collate" || kind === "generated")
    .flatMap(({ span }) => significant(tokenize(textOf(table, span))).map(({ text }) => text));
}
