/** Names, values and pieces of SQL in SQLite's spelling. */
import { fail } from "../../errors.ts";
import {
  displayName,
  type Expression,
  isExpression,
  type Literal,
  type TableName,
} from "../../model/schema.ts";
import type { Spelling, SqlLike } from "../../operations/sql.ts";
import { isSign, isWord, significant, tokenize } from "./ddl/tokens.ts";

/** `name` in quotes. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The names, quoted, with commas between them. */
export function quoteAll(names: readonly string[]): string {
  return names.map(quote).join(", ");
}

/** A text; one with a NUL in it has to be written as bytes, for a literal would end there. */
function string(value: string): string {
  whole(value);
  if (!value.includes("\0")) return `'${value.replaceAll("'", "''")}'`;
  return `CAST(${bytes(new TextEncoder().encode(value))} AS TEXT)`;
}

/** Half of a surrogate pair has no bytes, and would become another character. */
function whole(value: string): string {
  if (!value.isWellFormed()) {
    const why = "it holds half of a surrogate pair";
    fail("VALUE_UNSUPPORTED", { value: JSON.stringify(value), why });
  }
  return value;
}

function bytes(value: Uint8Array): string {
  return `X'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
}

/** `value` as SQL. */
export function literal(value: unknown): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return string(value);
  if (typeof value === "bigint") return integer(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return number(value);
  if (value instanceof Date) return string(date(value));
  if (value instanceof Uint8Array) return bytes(value);
  return unsupported(value);
}

function number(value: number): string {
  if (!Number.isFinite(value))
    fail("VALUE_UNSUPPORTED", { value: String(value), why: "SQLite has no such number" });
  return Object.is(value, -0) ? "-0.0" : String(value);
}

function integer(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) {
    fail("VALUE_UNSUPPORTED", { value: String(value), why: "an integer of SQLite has 64 bits" });
  }
  return String(value);
}

function date(value: Date): string {
  if (Number.isNaN(value.getTime()))
    fail("VALUE_UNSUPPORTED", { value: "Invalid Date", why: "it is no date" });
  return value.toISOString();
}

function unsupported(value: unknown): never {
  const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
  return fail("VALUE_UNSUPPORTED", { value: shown, why: "it is neither a value nor SQL" });
}

/** `value` as the driver binds it: it knows no booleans and no dates, and takes every number for a real. */
export function bindable(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (value instanceof Date) return date(value);
  if (typeof value === "number") return bindableNumber(value);
  if (typeof value === "string") return whole(value);
  if (typeof value === "bigint") integer(value);
  else if (value !== null && !(value instanceof Uint8Array)) unsupported(value);
  return value;
}

function bindableNumber(value: number): number | bigint {
  number(value);
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
}

const names: Pick<Spelling, "escapeName" | "escapeString" | "casing"> = {
  escapeName: quote,
  escapeString: string,
  casing: { getColumnCasing: (column) => column.name },
};

/** A piece of SQL with its values as literals. */
export function text(sql: SqlLike): string {
  return sql.getSQL().toQuery({ ...names, escapeParam: (_index, value) => operand(value) }).sql;
}

/** A minus behind another one would begin a comment. */
function operand(value: unknown): string {
  const written = literal(value);
  return written.startsWith("-") ? `(${written})` : written;
}

/** A piece of SQL with its values as parameters. */
export function query(sql: SqlLike | string): {
  readonly sql: string;
  readonly params: readonly unknown[];
} {
  if (typeof sql === "string") return { sql, params: [] };
  const written = sql.getSQL().toQuery({ ...names, escapeParam: () => "?" });
  return { sql: written.sql, params: written.params.map(bindable) };
}

/** A value or an expression, as it stands in VALUES. */
export function valueText(value: Literal | Expression): string {
  return isExpression(value) ? value.sql : literal(value);
}

/** What stands behind DEFAULT. Anything but a constant has to be in parentheses. */
export function defaultText(value: Literal | Expression): string {
  const written = valueText(value);
  return isConstant(written) || isEnclosed(written) ? written : `(${written})`;
}

/** True for a single literal or one of the words for the time now. */
function isConstant(sql: string): boolean {
  return isLiteral(sql) || /^\s*current_(timestamp|date|time)\s*$/i.test(sql);
}

/** True for a number, a text, bytes or NULL: what ADD COLUMN takes as the default of rows that exist. */
export function isLiteral(sql: string): boolean {
  const tokens = significant(tokenize(sql));
  const signed = isSign(tokens[0], "-") || isSign(tokens[0], "+");
  const [token, ...rest] = signed ? tokens.slice(1) : tokens;
  if (!token || rest.length > 0) return false;
  if (signed) return token.kind === "number";
  const word = ["NULL", "TRUE", "FALSE"].some((it) => isWord(token, it));
  return word || ["number", "string", "blob"].includes(token.kind);
}

/** True when one pair of parentheses holds all of `sql`. */
function isEnclosed(sql: string): boolean {
  const tokens = significant(tokenize(sql));
  let depth = 0;
  const closes = tokens.findIndex((token) => {
    if (isSign(token, "(")) depth += 1;
    if (isSign(token, ")")) depth -= 1;
    return depth === 0;
  });
  return isSign(tokens[0], "(") && closes === tokens.length - 1;
}

/** The name of a table here, where a database has no schemas. */
export function tableName(table: TableName): string {
  if (typeof table === "string") return table;
  return fail("UNSUPPORTED", {
    what: `schemas (${displayName(table)})`,
    dialect: "SQLite",
    instead: "leave the schema out; with op.on or a table per dialect where PostgreSQL needs it",
  });
}
