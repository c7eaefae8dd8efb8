/** The text of tables, columns, constraints and indexes that are new. */
import { fail } from "../../errors.ts";
import {
  type Column,
  type Constraint,
  displayName,
  type ForeignKey,
  type Index,
  type Table,
} from "../../model/schema.ts";
import { sameName } from "./ddl/tokens.ts";
import { typeText } from "./types.ts";
import { defaultText, isLiteral, quote, quoteAll, tableName, valueText } from "./write.ts";

/** The CREATE TABLE of `table`. */
export function createTable(table: Table, ifNotExists: boolean): string {
  const key = keyOf(table.constraints);
  const items = [
    ...table.columns.map((column) => columnText(column, key)),
    ...table.constraints.map(constraintText),
  ];
  if (table.columns.length === 0) {
    fail("OPERATION_INVALID", {
      operation: `table ${displayName(table.name)}`,
      why: "a table of SQLite has at least one column",
    });
  }
  const name = quote(tableName(table.name));
  return `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${name} (\n  ${items.join(",\n  ")}\n)`;
}

/** The columns of the primary key among `constraints`. */
export function keyOf(constraints: readonly Constraint[]): readonly string[] {
  return constraints.find((it) => it.kind === "primaryKey")?.columns ?? [];
}

/** `column` as it stands in a table whose primary key is `key`. */
export function columnText(column: Column, key: readonly string[]): string {
  if (column.identity) requireRowid(column, key);
  return [
    quote(column.name),
    typeText(column.type),
    column.default !== undefined && `DEFAULT ${defaultText(column.default)}`,
    column.notNull && "NOT NULL",
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * Only an `integer` that is the whole primary key numbers its rows: it is the rowid
 * (https://www.sqlite.org/lang_createtable.html#rowid).
 */
function requireRowid(column: Column, key: readonly string[]): void {
  const [only, ...more] = key;
  const isKey = only !== undefined && more.length === 0 && sameName(only, column.name);
  if (isKey && typeText(column.type).toLowerCase() === "integer") return;
  fail("OPERATION_INVALID", {
    operation: `+ column ${column.name}`,
    why: "SQLite numbers the rows of an integer column that is the primary key by itself, and of no other; leave `identity` out or make it the key",
  });
}

/** `constraint` as it stands behind the columns of a table. */
export function constraintText(constraint: Constraint): string {
  const name = `CONSTRAINT ${quote(constraint.name)}`;
  switch (constraint.kind) {
    case "primaryKey":
      return `${name} PRIMARY KEY (${quoteAll(constraint.columns)})`;
    case "unique":
      return `${name} UNIQUE (${quoteAll(constraint.columns)})`;
    case "check":
      return `${name} CHECK (${constraint.expression.sql})`;
    case "foreignKey":
      return `${name} FOREIGN KEY (${quoteAll(constraint.columns)}) ${references(constraint)}`;
  }
}

function references({ table, references, onDelete, onUpdate }: ForeignKey): string {
  return [
    `REFERENCES ${quote(tableName(table))} (${quoteAll(references)})`,
    onDelete && `ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate && `ON UPDATE ${onUpdate.toUpperCase()}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** The CREATE INDEX of `index` on `table`. */
export function createIndex(table: string, index: Index, ifNotExists: boolean): string {
  const columns = index.columns.map((it) => (typeof it === "string" ? quote(it) : it.sql));
  return [
    index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX",
    ifNotExists && "IF NOT EXISTS",
    `${quote(index.name)} ON ${quote(table)} (${columns.join(", ")})`,
    index.where && `WHERE ${index.where.sql}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * Whether ALTER TABLE ADD COLUMN takes `column`: SQLite gives rows that exist a constant only
 * (https://www.sqlite.org/lang_altertable.html#alter_table_add_column).
 */
export function addsNatively(column: Column): boolean {
  if (column.identity) return false;
  return column.default === undefined || isLiteral(valueText(column.default));
}

/** True when rows that exist would have no value for `column`. */
export function leavesGaps(column: Column): boolean {
  if (!column.notNull || column.identity) return false;
  return column.default === undefined || /^\s*null\s*$/i.test(valueText(column.default));
}
