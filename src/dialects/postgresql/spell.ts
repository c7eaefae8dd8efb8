/**
 * Writing out pieces of SQL, ours and Drizzle's: with literals for scripts and DDL, with parameters for queries.
 *
 * Drizzle's columns are written with their table (`"users"."age"`), as Drizzle itself does in a query. PostgreSQL takes
 * that in checks, indexes, predicates and USING too, and without it `SELECT … WHERE ${posts.userId} = ${users.id}` in a
 * subquery would quietly compare the wrong columns.
 */
import { fail } from "../../errors.ts";
import type { Literal } from "../../model/schema.ts";
import type { Query, Spelling, SqlLike } from "../../operations/sql.ts";
import { instant, literal, quote, string } from "./write.ts";

/** The text of a piece of SQL, its values as literals. */
export function text(sql: SqlLike): string {
  return sql.getSQL().toQuery(spelling((_, value) => inline(value))).sql;
}

/** The text of a piece of SQL with $1, $2, … and their values. Text is taken as it is. */
export function query(sql: SqlLike | string): Query {
  if (typeof sql === "string") return { sql, params: [] };
  const written = sql.getSQL().toQuery(spelling((index) => `$${index + 1}`));
  return { sql: written.sql, params: written.params.map(parameter) };
}

function spelling(escapeParam: Spelling["escapeParam"]): Spelling {
  return {
    escapeName: quote,
    escapeParam,
    escapeString: string,
    casing: { getColumnCasing: (column) => column.name },
  };
}

/** A value in the midst of SQL: what `pg` would send as a parameter, as a literal. */
function inline(value: unknown): string {
  // `a -${-1}` would begin a comment.
  if (typeof value === "number" && (value < 0 || Object.is(value, -0)))
    return `(${literal(value)})`;
  if (typeof value === "bigint" && value < 0n) return `(${literal(value)})`;
  if (isLiteral(value)) return literal(value);
  if (Array.isArray(value)) return string(array(value));
  if (isPlainObject(value)) return string(JSON.stringify(value));
  return unsupported(value);
}

/** `{1,"two",NULL}`: an array's input text, which takes its type from where it stands. */
function array(values: readonly unknown[]): string {
  return `{${values.map(element).join(",")}}`;
}

function element(value: unknown): string {
  if (value === null) return "NULL";
  if (Array.isArray(value)) return array(value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    return String(value);
  }
  return `"${elementText(value).replace(/["\\]/g, "\\$&")}"`;
}

function elementText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return instant(value);
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  return isPlainObject(value) ? JSON.stringify(value) : unsupported(value);
}

/** `pg` would send a Date in local time; a literal is in UTC, and so is this. */
function parameter(value: unknown): unknown {
  return value instanceof Date ? instant(value) : value;
}

function isLiteral(value: unknown): value is Literal {
  if (value === null || value instanceof Date || value instanceof Uint8Array) return true;
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}

function isPlainObject(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function unsupported(value: unknown): never {
  const name = typeof value === "object" ? value?.constructor?.name : typeof value;
  return fail("VALUE_UNSUPPORTED", {
    value: `of ${name}`,
    why: "PostgreSQL has no literal for it",
  });
}
