/** How columns are written in a revision: `t.varchar("theme", { length: 50, default: "light" })`. */
import type { ColumnType } from "../model/column-type.ts";
import type { Literal, ObjectName } from "../model/schema.ts";
import type { SequenceInput } from "./sequences.ts";
import type { SqlLike } from "./sql.ts";

/** A value for each database; null where one has nothing to say. */
export interface PerDialect<Value> {
  readonly postgresql: Value | null;
  readonly sqlite: Value | null;
}

/** What one database has and the other has not, or has otherwise: `{ postgresql: …, sqlite: null }`. */
export type Listed<Input> = Input | PerDialect<Input>;

/** SQL: as text, as sql`…`, or one of these for each database. */
export type SqlInput = SqlLike | string | PerDialect<SqlLike | string>;

/** A default: a literal, SQL, or one of these for each database. */
export type DefaultInput = Literal | SqlLike | PerDialect<Literal | SqlLike>;

export interface ColumnOptions {
  readonly notNull?: boolean;
  readonly default?: DefaultInput;
  /** Number the rows: an identity column on PostgreSQL, an integer primary key on SQLite. */
  readonly identity?: IdentityInput;
  /** Never give a number again that was once given (SQLite's AUTOINCREMENT); PostgreSQL never does. */
  readonly autoIncrement?: boolean;
  /** Compute it from the other columns: SQL, or with `stored: false` when it is read. */
  readonly generated?: GeneratedInput;
  readonly collation?: ObjectName | PerDialect<ObjectName>;
  /** Kept by PostgreSQL; SQLite has no comments. */
  readonly comment?: string;
  /** A list of such values, or of as many dimensions; JSON text on SQLite. */
  readonly array?: boolean | number;
}

export type IdentityInput =
  | "always"
  | "byDefault"
  | ({
      readonly generated: "always" | "byDefault";
      /** Of its sequence; else PostgreSQL names it after the table and the column. */
      readonly name?: string;
    } & SequenceInput);

export type GeneratedInput = SqlLike | { readonly as: SqlInput; readonly stored?: boolean };

/** A column as it is written in a revision, before it is recorded for one database. */
export interface ColumnInput extends Omit<ColumnOptions, "array"> {
  readonly name: string;
  readonly type: ColumnType;
}

type Plain =
  | "text"
  | "smallint"
  | "integer"
  | "bigint"
  | "smallserial"
  | "serial"
  | "bigserial"
  | "real"
  | "doublePrecision"
  | "boolean"
  | "date"
  | "interval"
  | "uuid"
  | "bytea";

function plain<Kind extends Plain>(kind: Kind) {
  return (name: string, options: ColumnOptions = {}): ColumnInput =>
    columnOf(name, { kind }, options);
}

function columnOf(name: string, type: ColumnType, options: ColumnOptions): ColumnInput {
  const { array = false, ...rest } = options;
  if (array === false) return { name, type, ...rest };
  return { name, type: { kind: "array", of: type, dimensions: Number(array) }, ...rest };
}

interface Length {
  readonly length?: number;
}

interface Precision {
  readonly precision?: number;
}

interface Zoned extends Precision {
  readonly timezone?: boolean;
}

/** A JSON column's default may be any JSON value: it is stored as text. */
interface JsonOptions extends Omit<ColumnOptions, "default"> {
  readonly default?: DefaultInput | readonly unknown[] | Readonly<Record<string, unknown>>;
}

/** The columns of both databases, by the names of Drizzle's functions. */
export const t = {
  text: plain("text"),
  smallint: plain("smallint"),
  integer: plain("integer"),
  bigint: plain("bigint"),
  /** PostgreSQL's integer with a sequence of its own; an integer on SQLite. */
  smallserial: plain("smallserial"),
  serial: plain("serial"),
  bigserial: plain("bigserial"),
  real: plain("real"),
  doublePrecision: plain("doublePrecision"),
  boolean: plain("boolean"),
  date: plain("date"),
  interval: plain("interval"),
  uuid: plain("uuid"),
  bytea: plain("bytea"),
  varchar: (name: string, { length, ...options }: ColumnOptions & Length = {}): ColumnInput =>
    columnOf(name, { kind: "varchar", ...given({ length }) }, options),
  char: (name: string, { length, ...options }: ColumnOptions & Length = {}): ColumnInput =>
    columnOf(name, { kind: "char", ...given({ length }) }, options),
  numeric: (
    name: string,
    { precision, scale, ...options }: ColumnOptions & Precision & { readonly scale?: number } = {},
  ): ColumnInput => columnOf(name, { kind: "numeric", ...given({ precision, scale }) }, options),
  time: (
    name: string,
    { precision, timezone, ...options }: ColumnOptions & Zoned = {},
  ): ColumnInput => columnOf(name, { kind: "time", ...given({ precision, timezone }) }, options),
  timestamp: (
    name: string,
    { precision, timezone, ...options }: ColumnOptions & Zoned = {},
  ): ColumnInput =>
    columnOf(name, { kind: "timestamp", ...given({ precision, timezone }) }, options),
  json: (name: string, options: JsonOptions = {}): ColumnInput => jsonColumn(name, "json", options),
  jsonb: (name: string, options: JsonOptions = {}): ColumnInput =>
    jsonColumn(name, "jsonb", options),
  /** A type that op.createEnum made; text on SQLite, where a check holds the values. */
  enum: (name: string, type: ObjectName, options: ColumnOptions = {}): ColumnInput =>
    columnOf(name, { kind: "enum", name: type }, options),
  /** A type spelled by hand for each database. */
  raw: (
    name: string,
    type: { readonly postgresql: string; readonly sqlite: string },
    options: ColumnOptions = {},
  ): ColumnInput =>
    columnOf(name, { kind: "raw", postgresql: type.postgresql, sqlite: type.sqlite }, options),
} as const;

function jsonColumn(name: string, kind: "json" | "jsonb", options: JsonOptions): ColumnInput {
  const { default: value, ...rest } = options;
  const column = columnOf(name, { kind }, rest);
  return value === undefined ? column : { ...column, default: jsonDefault(value) };
}

/** SQL, text and per-dialect defaults are taken as they are; any other value is a JSON value. */
function jsonDefault(value: NonNullable<JsonOptions["default"]> | null): DefaultInput {
  if (value === null || typeof value === "string") return value;
  if (typeof value !== "object") return JSON.stringify(value);
  if ("getSQL" in value || isPerDialect(value)) return value as DefaultInput;
  return JSON.stringify(value);
}

/** True for an object that names both databases and nothing else. */
export function isPerDialect(value: unknown): value is PerDialect<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 2 && "postgresql" in value && "sqlite" in value;
}

/** Only the members that have a value: `exactOptionalPropertyTypes` tells absent from undefined. */
function given<Options extends object>(
  options: Options,
): { [Key in keyof Options]: NonNullable<Options[Key]> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Options]: NonNullable<Options[Key]> };
}
