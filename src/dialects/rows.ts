/** Rows of a table, as somebody who tests a history wants them. */
import type { TableName } from "../model/schema.ts";
import { type SqlLike, sql } from "../operations/sql.ts";
import type { Dialect, Reader } from "./dialect.ts";
import type { Row } from "./statement.ts";

/** All rows of `table`. */
export function rowsOf(
  { text }: Pick<Dialect, "text">,
  reader: Reader,
  table: TableName,
): Promise<readonly Row[]> {
  return reader.all(text(sql`SELECT * FROM ${named(table)}`));
}

/** The statement that takes all rows of `table` away. */
export function emptying({ text }: Pick<Dialect, "text">, table: TableName): string {
  return text(sql`DELETE FROM ${named(table)}`);
}

function named(table: TableName): SqlLike {
  if (typeof table === "string") return sql.identifier(table);
  return sql.join([sql.identifier(table.schema), sql.identifier(table.name)], sql.raw("."));
}
