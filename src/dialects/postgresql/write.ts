/** How PostgreSQL writes names and values. https://www.postgresql.org/docs/current/sql-syntax-lexical.html */
import { fail } from "../../errors.ts";
import {
  type Expression,
  isExpression,
  type Literal,
  type ObjectName,
  type TableName,
} from "../../model/schema.ts";

/** NAMEDATALEN - 1: PostgreSQL cuts longer names off without an error. */
export const nameLimit = 63;

/** `name`, always quoted, so that no word is reserved and no letter is folded. */
export function quote(name: string): string {
  const bytes = Buffer.byteLength(name);
  if (bytes > nameLimit) fail("NAME_TOO_LONG", { name, bytes, limit: nameLimit });
  if (name === "") fail("NAME_INVALID", { name, why: "it is empty" });
  const why = unspeakable(name);
  if (why) fail("NAME_INVALID", { name, why });
  return `"${name.replaceAll('"', '""')}"`;
}

/** The name of a table, with its schema where it has one. */
export function table(name: TableName): string {
  return typeof name === "string" ? quote(name) : `${quote(name.schema)}.${quote(name.name)}`;
}

/** The name of anything else that stands in a schema. */
export const qualified: (name: ObjectName) => string = table;

/** `name` in the schema of `other`. */
export function beside(other: ObjectName, name: string): ObjectName {
  return typeof other === "string" ? name : { schema: other.schema, name };
}

/** `"a", "b"`. */
export function columnList(names: readonly string[]): string {
  return names.map(quote).join(", ");
}

/** The parts that are there, in one line. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}

/** A default or a value of a row: SQL as it is, anything else as a literal. */
export function value(it: Literal | Expression): string {
  return isExpression(it) ? it.sql : literal(it);
}

/** A value as SQL. */
export function literal(it: Literal): string {
  if (it === null) return "NULL";
  if (it instanceof Date) return string(instant(it));
  if (it instanceof Uint8Array) return `${string(`\\x${Buffer.from(it).toString("hex")}`)}::bytea`;
  switch (typeof it) {
    case "string":
      return string(it);
    case "number":
      return Number.isFinite(it) ? String(it) : `'${it}'::double precision`;
    case "bigint":
    case "boolean":
      return String(it);
  }
}

/** A string as SQL. With a backslash in it `E''` is read alike whatever standard_conforming_strings says. */
export function string(text: string): string {
  const why = unspeakable(text);
  if (why) fail("VALUE_UNSUPPORTED", { value: JSON.stringify(text), why });
  const doubled = text.replaceAll("'", "''");
  return text.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}

/** A block of PL/pgSQL as one statement, with the quotes that `body` leaves free. */
export function block(body: string): string {
  return `DO ${body.includes("$$") ? string(body) : `$$\n${body}\n$$`}`;
}

/** ISO 8601 in UTC: a column without time zone keeps the UTC time. */
export function instant(date: Date): string {
  const year = date.getUTCFullYear();
  if (Number.isNaN(year)) {
    fail("VALUE_UNSUPPORTED", { value: "Invalid Date", why: "it is no point in time" });
  }
  if (year < 1) {
    fail("VALUE_UNSUPPORTED", { value: date.toISOString(), why: "it lies before the year 1" });
  }
  // Past 9999 JavaScript writes +010000, which PostgreSQL takes for a time zone.
  return date.toISOString().replace(/^\+0*/, "");
}

/** Why `text` cannot be sent to PostgreSQL as it is, or null. */
function unspeakable(text: string): string | null {
  if (text.includes("\0")) return "PostgreSQL stores no NUL character";
  if (/\p{Surrogate}/u.test(text)) return "it holds half of a surrogate pair";
  return null;
}
