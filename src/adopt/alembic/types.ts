/** SQLAlchemy's types as those of mig: https://docs.sqlalchemy.org/en/20/core/types.html */
import type { ColumnType } from "../../model/column-type.ts";
import type { Expression } from "../python/tree.ts";
import { Arguments } from "./arguments.ts";
import { isNone, nameOf, resolve, type Scope, Untranslated } from "./scope.ts";

/** An enum that a table brings along. */
export interface NewEnum {
  readonly name: string | { readonly schema: string; readonly name: string };
  readonly values: readonly string[];
}

export interface FoundType {
  readonly type: ColumnType;
  /** The enum that SQLAlchemy makes with the table. */
  readonly creates?: NewEnum;
}

type Reader = (args: Arguments, scope: Scope) => ColumnType;

const plain =
  (kind: Extract<ColumnType["kind"], "text" | "integer" | "date" | "boolean">): Reader =>
  () => ({ kind });
const raw =
  (postgresql: string, sqlite = "text"): Reader =>
  () => ({ kind: "raw", postgresql, sqlite });

const varchar: Reader = (args) => ({ kind: "varchar", ...length(args) });
const text: Reader = (args) => {
  length(args);
  return { kind: "text" };
};
const integer = plain("integer");
const timestamp: Reader = (args) => ({ kind: "timestamp", ...zoned(args) });
const numeric: Reader = (args, scope) => {
  const precision = number(args.take("precision"), scope);
  const scale = number(args.take("scale"), scope);
  args.ignore("asdecimal", "decimal_return_scale");
  return { kind: "numeric", ...given({ precision, scale }) };
};
const float: Reader = (args, scope) => {
  const precision = number(args.take("precision"), scope);
  args.ignore("asdecimal", "decimal_return_scale");
  return { kind: precision !== undefined && precision <= 24 ? "real" : "doublePrecision" };
};
const double: Reader = (args, scope) => {
  number(args.take("precision"), scope);
  args.ignore("asdecimal", "decimal_return_scale");
  return { kind: "doublePrecision" };
};
const json = (kind: "json" | "jsonb"): Reader => {
  return (args) => {
    args.ignore("astext_type", "none_as_null");
    return { kind };
  };
};
const uuid: Reader = (args) => {
  args.ignore("as_uuid", "native_uuid");
  return { kind: "uuid" };
};
const binary: Reader = (args) => {
  length(args);
  return { kind: "bytea" };
};
const array: Reader = (args, scope) => {
  const { type } = typeOf(args.need("item_type"), scope);
  const dimensions = args.optionalNumber("dimensions") ?? 1;
  args.ignore("as_tuple", "zero_indexes");
  return { kind: "array", of: type, dimensions };
};

const readers: Readonly<Record<string, Reader>> = {
  String: varchar,
  Unicode: varchar,
  VARCHAR: varchar,
  NVARCHAR: varchar,
  AutoString: varchar,
  CHAR: (args) => ({ kind: "char", ...length(args) }),
  Text: text,
  UnicodeText: text,
  TEXT: text,
  Integer: integer,
  INTEGER: integer,
  INT: integer,
  BigInteger: () => ({ kind: "bigint" }),
  BIGINT: () => ({ kind: "bigint" }),
  SmallInteger: () => ({ kind: "smallint" }),
  SMALLINT: () => ({ kind: "smallint" }),
  Boolean: (args) => {
    args.ignore("name", "create_constraint");
    return { kind: "boolean" };
  },
  BOOLEAN: plain("boolean"),
  DateTime: timestamp,
  DATETIME: timestamp,
  TIMESTAMP: timestamp,
  Date: plain("date"),
  DATE: plain("date"),
  Time: (args) => ({ kind: "time", ...zoned(args) }),
  TIME: (args) => ({ kind: "time", ...zoned(args) }),
  Interval: (args) => {
    args.ignore("native", "second_precision", "day_precision");
    return { kind: "interval" };
  },
  INTERVAL: () => ({ kind: "interval" }),
  Float: float,
  FLOAT: float,
  REAL: () => ({ kind: "real" }),
  Double: double,
  DOUBLE: double,
  DOUBLE_PRECISION: double,
  Numeric: numeric,
  NUMERIC: numeric,
  DECIMAL: numeric,
  JSON: json("json"),
  JSONB: json("jsonb"),
  Uuid: uuid,
  UUID: uuid,
  PGUUID: uuid,
  GUID: uuid,
  LargeBinary: binary,
  BYTEA: binary,
  BLOB: binary,
  ARRAY: array,
  INET: raw("inet"),
  CIDR: raw("cidr"),
  MACADDR: raw("macaddr"),
  TSVECTOR: raw("tsvector"),
  CITEXT: raw("citext"),
  HSTORE: raw("hstore"),
  MONEY: raw("money", "numeric"),
};

/** Throws Untranslated for a type of the project's own. */
export function typeOf(it: Expression, scope: Scope): FoundType {
  const found = resolve(it, scope);
  const variant = variantOf(found, scope);
  if (variant !== null) return variant;
  const name = nameOf(found, scope);
  const args = new Arguments(found.kind === "call" ? found.args : [], scope);
  if (name === "Enum" || name === "ENUM") return enumOf(args, scope, name);
  const reader = name !== null && Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (!reader) throw new Untranslated(`the type ${name ?? "here"} is not known`);
  const type = reader(args, scope);
  args.ignore("collation");
  args.end();
  return { type };
}

/** `JSON().with_variant(JSONB(), "postgresql")`: PostgreSQL's counts, as SQLite's follows from it. */
function variantOf(it: Expression, scope: Scope): FoundType | null {
  if (it.kind !== "call" || it.of.kind !== "attribute" || it.of.name !== "with_variant")
    return null;
  const [variant, dialect] = it.args;
  if (!variant || dialect?.value.kind !== "string") throw new Untranslated("a variant of a type");
  return typeOf(dialect.value.value === "postgresql" ? variant.value : it.of.of, scope);
}

function enumOf(args: Arguments, scope: Scope, kind: "Enum" | "ENUM"): FoundType {
  const values = args.rest().map((value) => {
    const found = resolve(value, scope);
    if (found.kind !== "string") throw new Untranslated("the values of the enum are not told here");
    return found.value;
  });
  const name = args.optionalString("name");
  const isNative = args.optionalFlag("native_enum") ?? true;
  const width = args.optionalNumber("length") ?? Math.max(1, ...values.map((it) => it.length));
  const creates = args.optionalFlag("create_type") ?? true;
  const schema = args.optionalString("schema");
  args.ignore("create_constraint", "validate_strings", "inherit_schema", "metadata");
  args.end();
  if (kind === "Enum" && !isNative) return { type: { kind: "varchar", length: width } };
  if (name === undefined) throw new Untranslated("an enum without a name");
  const made = schema === undefined ? name : { schema, name };
  const type = { kind: "enum", name: made } as const;
  return creates && values.length > 0 ? { type, creates: { name: made, values } } : { type };
}

function length(args: Arguments): { readonly length?: number } {
  const found = args.take("length");
  if (found === null || (found.kind === "constant" && found.value === null)) return {};
  if (found.kind !== "number") throw new Untranslated("no plain length");
  return { length: Number(found.text) };
}

function zoned(args: Arguments): { readonly precision?: number; readonly timezone?: boolean } {
  const timezone = args.take("timezone");
  const precision = args.optionalNumber("precision");
  const isZoned = timezone?.kind === "constant" && timezone.value === true;
  return { ...given({ precision }), ...(isZoned && { timezone: true }) };
}

function number(it: Expression | null, scope: Scope): number | undefined {
  if (it === null || isNone(it, scope)) return undefined;
  if (it.kind !== "number") throw new Untranslated("no plain number");
  return Number(it.text);
}

function given<Options extends object>(
  options: Options,
): { [Key in keyof Options]?: Exclude<Options[Key], undefined> } {
  const there = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Key in keyof Options]?: Exclude<Options[Key], undefined> };
}
