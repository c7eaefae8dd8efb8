/** The text of tables and indexes that are new. */
import { fail } from "../../errors.ts";
import {
  displayName,
  type Expression,
  type Index,
  type IndexColumn,
  type Table,
} from "../../model/schema.ts";
import { collationText, columnText, isKey, keyOf, numbers } from "./column.ts";
import { constraintText, refuseEqualNulls } from "./constraint.ts";
import { lacking } from "./lacking.ts";
import { quote, tableName } from "./write.ts";

/** The CREATE TABLE of `table`. */
export function createTable(table: Table, ifNotExists: boolean): string {
  refuseTable(table);
  const key = keyOf(table.constraints);
  const home = { key, strict: table.strict === true };
  const counting = table.columns.some((it) => it.autoIncrement && isKey(it.name, key));
  const constraints = table.constraints.map((it) => ({ it, text: constraintText(it) }));
  const apart = constraints.filter(({ it }) => !(counting && it === key));
  const items = [
    ...table.columns.map((column) => columnText(column, home)),
    ...apart.map(({ text }) => text),
  ];
  const options = [table.strict && "STRICT", table.withoutRowid && "WITHOUT ROWID"];
  const name = quote(tableName(table.name));
  return [
    `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${name} (\n  ${items.join(",\n  ")}\n)`,
    options.filter(Boolean).join(", "),
  ]
    .filter(Boolean)
    .join(" ");
}

function refuseTable({ name, columns, constraints, withoutRowid }: Table): void {
  const why =
    columns.length === 0
      ? "a table of SQLite has at least one column"
      : withoutRowid && keyOf(constraints) === null
        ? "a table without rowid has a primary key"
        : withoutRowid && columns.some(numbers)
          ? "SQLite numbers rows by their rowid; leave `withoutRowid` out, or `identity` and `autoIncrement`"
          : null;
  if (why !== null) fail("OPERATION_INVALID", { operation: `table ${displayName(name)}`, why });
}

/** The CREATE INDEX of `index` on `table`. */
export function createIndex(table: string, index: Index, ifNotExists: boolean): string {
  refuseIndex(index);
  return [
    index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX",
    ifNotExists && "IF NOT EXISTS",
    `${quote(index.name)} ON ${quote(table)} (${index.columns.map(indexColumn).join(", ")})`,
    index.where && `WHERE ${index.where.sql}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function refuseIndex({ method = "btree", nullsNotDistinct }: Index): void {
  if (nullsNotDistinct) refuseEqualNulls();
  // What a hash finds, a b-tree finds, too.
  if (!/^(btree|hash)$/i.test(method)) lacking(`indexes of the method ${method}`);
}

function indexColumn({ of, collation, order }: IndexColumn): string {
  const text = indexed(of, collation !== undefined);
  return [text, collation !== undefined && collationText(collation), order?.toUpperCase()]
    .filter(Boolean)
    .join(" ");
}

/** COLLATE binds closer than any other operator. */
function indexed(of: string | Expression, collated: boolean): string {
  if (typeof of === "string") return quote(of);
  return collated ? `(${of.sql})` : of.sql;
}
