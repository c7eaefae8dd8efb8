/** The text of columns that are new. */
import { fail } from "../../errors.ts";
import type { Column, Constraint, Generated, ObjectName, PrimaryKey } from "../../model/schema.ts";
import { sameName } from "./ddl/tokens.ts";
import { lacking } from "./lacking.ts";
import { typeText } from "./types.ts";
import { defaultText, isLiteral, quote, tableName, valueText } from "./write.ts";

/** What the text of a column depends on: the table that it stands in. */
export interface Home {
  /** The primary key, where the same change makes it. */
  readonly key: PrimaryKey | null;
  readonly strict: boolean;
}

/** A table of which no more is known than that it is there. */
export const anywhere: Home = { key: null, strict: false };

/** The primary key among `constraints`. */
export function keyOf(constraints: readonly Constraint[]): PrimaryKey | null {
  return constraints.find((it) => it.kind === "primaryKey") ?? null;
}

/** `column` as it stands in the table of `home`. */
export function columnText(column: Column, home: Home): string {
  if (numbers(column)) requireRowid(column, home);
  return [
    quote(column.name),
    typeText(column.type, home.strict),
    column.autoIncrement && home.key && countingKey(home.key),
    column.collation !== undefined && collationText(column.collation),
    column.default !== undefined && `DEFAULT ${defaultText(column.default)}`,
    column.generated && generatedText(column.generated),
    column.notNull && "NOT NULL",
  ]
    .filter(Boolean)
    .join(" ");
}

/** True for a column that numbers its rows. */
export function numbers(column: Column): boolean {
  return column.identity !== undefined || column.autoIncrement === true;
}

/** AUTOINCREMENT is said with the key, and that with the column: https://www.sqlite.org/autoinc.html */
export function countingKey({ name }: PrimaryKey): string {
  return `CONSTRAINT ${quote(name)} PRIMARY KEY AUTOINCREMENT`;
}

/** What stands behind the type of a column that is sorted by `collation`. */
export function collationText(collation: ObjectName): string {
  const name = tableName(collation);
  if (/^(binary|nocase|rtrim)$/i.test(name)) return `COLLATE ${name}`;
  // Others belong to the connection of a program, and mig's has none.
  const instead = `its own are BINARY, NOCASE and RTRIM; say { postgresql: ${JSON.stringify(name)}, sqlite: null } for a collation of PostgreSQL`;
  return lacking(`collation "${name}"`, instead);
}

/** What makes a column one that is computed. */
export function generatedText({ as, stored }: Generated): string {
  return `GENERATED ALWAYS AS (${as.sql}) ${stored ? "STORED" : "VIRTUAL"}`;
}

/**
 * Only an `integer` that is the whole primary key numbers its rows: it is the rowid
 * (https://www.sqlite.org/lang_createtable.html#rowid).
 */
function requireRowid(column: Column, { key }: Home): void {
  if (isKey(column.name, key) && typeText(column.type).toLowerCase() === "integer") return;
  refuseNumbering(`+ column ${column.name}`);
}

/** True when `key` is the column named `name` and nothing else. */
export function isKey(name: string, key: Pick<PrimaryKey, "columns"> | null): boolean {
  const [only, ...more] = key?.columns ?? [];
  return only !== undefined && more.length === 0 && sameName(only, name);
}

/** Refuse a column that would number its rows, and cannot. */
export function refuseNumbering(operation: string): never {
  return fail("OPERATION_INVALID", {
    operation,
    why: "SQLite numbers the rows of an integer column that is the primary key by itself, and of no other; leave `identity` and `autoIncrement` out or make it the key",
  });
}

/**
 * Whether ALTER TABLE ADD COLUMN takes `column`: SQLite gives rows that exist a constant only, and computes nothing to keep
 * (https://www.sqlite.org/lang_altertable.html#alter_table_add_column).
 */
export function addsNatively(column: Column): boolean {
  if (numbers(column) || column.generated?.stored) return false;
  return column.default === undefined || isLiteral(valueText(column.default));
}

/** True when rows that exist would have no value for `column`. */
export function leavesGaps(column: Column): boolean {
  if (!column.notNull || numbers(column) || column.generated) return false;
  return column.default === undefined || /^\s*null\s*$/i.test(valueText(column.default));
}
