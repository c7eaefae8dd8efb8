/** The types of columns from their texts: PostgreSQL's own (`format_type`) and Drizzle's (`getSQLType`). */
import type { ColumnType } from "../../model/column-type.ts";
import { tokens } from "./lex.ts";

/**
 * The type that `text` spells. What has a size by itself has it here, too: `char` is `char(1)` and `numeric(5)` is
 * `numeric(5, 0)`, as the catalogue has them.
 */
export function typeFrom(text: string): ColumnType {
  const type = known.get(text) ?? read(text);
  known.set(text, type);
  return type;
}

/** Schemas say the same few types over and over, and types that are one object are compared at once. */
const known = new Map<string, ColumnType>();

function read(text: string): ColumnType {
  const { base, sizes, dimensions } = takeApart(text);
  const of = scalar(base, sizes) ?? raw(base, sizes);
  return dimensions > 0 ? { kind: "array", of, dimensions } : of;
}

interface Parts {
  /** Words with one blank between them, in small letters where they have no quotes. */
  readonly base: string;
  /** What stands in parentheses, wherever: `timestamp(3) with time zone`. */
  readonly sizes: readonly string[];
  readonly dimensions: number;
}

function takeApart(text: string): Parts {
  const sizes: string[] = [];
  let base = "";
  let dimensions = 0;
  let depth = 0;
  for (const { kind, start, end } of tokens(text)) {
    const piece = text.slice(start, end);
    if (piece === "(" || piece === ")") depth += piece === "(" ? 1 : -1;
    else if (piece === "[") dimensions += 1;
    else if (piece === "]" || kind === "space" || (dimensions > 0 && /^\d/.test(piece))) continue;
    else if (depth > 0) addSize(sizes, piece);
    else if (/^array$/i.test(piece)) dimensions += 1;
    else base = joined(base, kind === "word" ? piece.toLowerCase() : piece);
  }
  return { base, sizes, dimensions: Math.max(dimensions, 0) };
}

/** Sizes have commas between them; one of several tokens, such as `-2`, is one. */
function addSize(sizes: string[], piece: string): void {
  if (piece === ",") sizes.push("");
  else sizes.push(`${sizes.pop() ?? ""}${piece}`);
}

function joined(base: string, piece: string): string {
  const glued = base === "" || base.endsWith(".") || piece === ".";
  return glued ? base + piece : `${base} ${piece}`;
}

const plain: Readonly<Record<string, ColumnType>> = {
  text: { kind: "text" },
  smallint: { kind: "smallint" },
  int2: { kind: "smallint" },
  integer: { kind: "integer" },
  int: { kind: "integer" },
  int4: { kind: "integer" },
  bigint: { kind: "bigint" },
  int8: { kind: "bigint" },
  smallserial: { kind: "smallserial" },
  serial2: { kind: "smallserial" },
  serial: { kind: "serial" },
  serial4: { kind: "serial" },
  bigserial: { kind: "bigserial" },
  serial8: { kind: "bigserial" },
  real: { kind: "real" },
  float4: { kind: "real" },
  "double precision": { kind: "doublePrecision" },
  float8: { kind: "doublePrecision" },
  float: { kind: "doublePrecision" },
  boolean: { kind: "boolean" },
  bool: { kind: "boolean" },
  date: { kind: "date" },
  interval: { kind: "interval" },
  json: { kind: "json" },
  jsonb: { kind: "jsonb" },
  uuid: { kind: "uuid" },
  bytea: { kind: "bytea" },
};

/** Other spellings of types that take sizes, and of those that have no kind. */
const aliases: Readonly<Record<string, string>> = {
  "character varying": "varchar",
  "char varying": "varchar",
  character: "char",
  decimal: "numeric",
  dec: "numeric",
  timestamptz: "timestamp with time zone",
  timetz: "time with time zone",
  "timestamp without time zone": "timestamp",
  "time without time zone": "time",
  varbit: "bit varying",
};

function withoutAlias(name: string): string {
  return (Object.hasOwn(aliases, name) && aliases[name]) || name;
}

function scalar(base: string, sizes: readonly string[]): ColumnType | null {
  const name = withoutAlias(base);
  const simple = sizes.length === 0 && Object.hasOwn(plain, name) ? plain[name] : undefined;
  if (simple) return simple;
  const numbers = sizes.map(Number);
  if (!numbers.every(Number.isInteger)) return null;
  const [first, second] = numbers;
  if (name === "varchar") return { kind: "varchar", ...(first !== undefined && { length: first }) };
  if (name === "char") return { kind: "char", length: first ?? 1 };
  if (name === "numeric") return numeric(first, second);
  const [, kind, zone] = /^(timestamp|time)( with time zone)?$/.exec(name) ?? [];
  if (kind !== "timestamp" && kind !== "time") return null;
  return {
    kind,
    ...(first !== undefined && { precision: first }),
    ...(zone && { timezone: true }),
  };
}

function numeric(precision: number | undefined, scale: number | undefined): ColumnType {
  return precision === undefined
    ? { kind: "numeric" }
    : { kind: "numeric", precision, scale: scale ?? 0 };
}

/** As `format_type` writes what it does not know better. */
function raw(base: string, sizes: readonly string[]): ColumnType {
  const text = withoutAlias(base) + (sizes.length > 0 ? `(${sizes.join(",")})` : "");
  return { kind: "raw", postgresql: text, sqlite: text };
}
