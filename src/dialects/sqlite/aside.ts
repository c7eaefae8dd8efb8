/**
 * Foreign keys set aside, where nobody can switch them off: in a transaction that somebody else began, say. DROP TABLE
 * deletes the rows of a table that keys refer to, and by CASCADE theirs; a table that no key refers to it merely drops. So
 * the keys go out of the schema's text before it, and come back behind it as they were written. No row of another table is
 * touched, whatever its key does on delete, and nothing that belongs to it has to be made again.
 *
 * https://www.sqlite.org/foreignkeys.html#fk_schemacommands
 */
import type { Catalogue } from "./catalogue.ts";
import { Unreadable } from "./ddl/cursor.ts";
import { ofKind, removeConstraints, removeItem } from "./ddl/edit.ts";
import { parseTable } from "./ddl/parse.ts";
import type { TableText } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { refuse } from "./losses.ts";
import type { Part } from "./part.ts";
import { editing, editOf } from "./writable.ts";

/** What stands around the DROP TABLE. */
export interface Aside {
  readonly taken: readonly Part[];
  /** The keys of the other tables. */
  readonly putBack: readonly Part[];
}

/** The keys of `table` and of its `children` set aside. Refuses a child whose definition cannot be read. */
export function setAside(catalogue: Catalogue, table: string, children: readonly string[]): Aside {
  const held = [table, ...children.filter((child) => !sameName(child, table))].flatMap((name) => {
    const sql = textIn(catalogue, name);
    const bare = withoutKeys(table, read(table, name, sql)).sql;
    return sql === bare ? [] : [{ name, sql, bare }];
  });
  const others = held.filter(({ name }) => !sameName(name, table));
  return {
    taken: editing(held.map(({ name, sql, bare }) => editOf(name, sql, bare))),
    putBack: editing(others.map(({ name, sql, bare }) => editOf(name, bare, sql))),
  };
}

/** `text` without a foreign key, for the sake of `table`. */
export function withoutKeys(table: string, text: TableText): TableText {
  const inColumns = text.columns.flatMap((column) => ofKind(column, "foreignKey"));
  let so = read(table, table, removeConstraints(text, inColumns));
  for (;;) {
    const key = so.constraints.find(({ kind }) => kind === "foreignKey");
    if (!key) return so;
    so = read(table, table, removeItem(so, key.span));
  }
}

function textIn(catalogue: Catalogue, name: string): string {
  const found = catalogue.find(
    (it) => it.type === "table" && !it.temporary && sameName(it.name, name),
  );
  return found?.sql ?? "";
}

function read(table: string, name: string, sql: string): TableText {
  const text = parseTable(sql);
  if (!(text instanceof Unreadable)) return text;
  return refuse(
    table,
    `foreign keys cannot be switched off here, and the definition of "${name}" cannot be read to set them aside, ${text.message}`,
  );
}
