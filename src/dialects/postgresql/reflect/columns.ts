/** Columns from the catalogue. */
import type { ColumnType } from "../../../model/column-type.ts";
import type { Column, ObjectName } from "../../../model/schema.ts";
import { sequenceName } from "../../../operations/identity-sequence.ts";
import { withoutParentheses } from "../expression.ts";
import { typeFrom } from "../type-from.ts";
import type { CommentOf } from "./comments.ts";
import { grouped, type Names } from "./names.ts";
import type { RelationRow, SequenceRow } from "./object-questions.ts";
import type { Catalogue } from "./read.ts";
import { nextOf, optionsOf } from "./sequences.ts";
import type { ColumnRow, DefaultRow, Place, TypeRow } from "./table-questions.ts";

/** What the columns of all tables have in common. */
export interface ColumnSource {
  readonly types: ReadonlyMap<string, ReadType>;
  readonly defaults: ReadonlyMap<number | null, readonly DefaultRow[]>;
  readonly sequences: ReadonlyMap<number | null, readonly SequenceRow[]>;
  readonly commentOf: CommentOf;
  readonly names: Names;
}

interface ReadType {
  readonly type: ColumnType;
  /** The collation that the type brings along. */
  readonly collation: ObjectName | null;
}

export function columnSource(
  catalogue: Catalogue,
  commentOf: CommentOf,
  names: Names,
): ColumnSource {
  const types = catalogue.types.map((row): [string, ReadType] => [
    `${row.type} ${row.size}`,
    { type: typeOf(row, names), collation: collationName(row.collation, names) },
  ]);
  return {
    types: new Map(types),
    defaults: grouped(catalogue.defaults),
    sequences: grouped(catalogue.sequences),
    commentOf,
    names,
  };
}

function typeOf(row: TypeRow, names: Names): ColumnType {
  if (row.enum === null) return typeFrom(row.text);
  const type: ColumnType = { kind: "enum", name: names.of(...row.enum) };
  return row.text.endsWith("[]") ? { kind: "array", of: type, dimensions: 1 } : type;
}

/** What sorts text; those of the server have plain names. */
export function collationName(place: Place | null, names: Names): ObjectName | null {
  if (place === null) return null;
  const [schema, name] = place;
  return schema === "pg_catalog" ? name : names.of(schema, name);
}

/** The columns of a table, in their order. */
export function columnsOf(
  { id, name: table }: Pick<RelationRow, "id" | "name">,
  rows: readonly ColumnRow[],
  source: ColumnSource,
): readonly Column[] {
  const defaults = new Map(source.defaults.get(id)?.map((row) => [row.column, row.sql]));
  const sequences = source.sequences.get(id) ?? [];
  return rows
    .toSorted((a, b) => a.number - b.number)
    .map((row) => {
      const sql = defaults.get(row.number);
      const own = sequences.filter(({ column }) => column === row.number);
      return columnOf(table, row, sql, own, source);
    });
}

function columnOf(
  table: string,
  row: ColumnRow,
  sql: string | undefined,
  sequences: readonly SequenceRow[],
  source: ColumnSource,
): Column {
  const read = source.types.get(`${row.type} ${row.size}`);
  const collation = collationName(row.collation, source.names);
  const serial = isSerial(sql, sequences);
  return {
    name: row.name,
    type: typeIn(row, read?.type ?? { kind: "text" }, serial),
    ...(row.notNull && { notNull: true }),
    ...(sql !== undefined && row.generated === "" && !serial && defaultOf(sql)),
    ...identityOf(table, row, sequences),
    ...(sql !== undefined &&
      row.generated !== "" && {
        generated: { as: { sql: withoutParentheses(sql) }, stored: row.generated === "s" },
      }),
    ...(collation !== null && !isSame(collation, read?.collation) && { collation }),
    ...source.commentOf("pg_class", row.table, row.number),
  };
}

/** True for one name twice, or none. */
export function isSame(a: ObjectName | null, b: ObjectName | null | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `DEFAULT NULL` on a column with a size is kept, as NULL of its type; it says what no default says. */
function defaultOf(sql: string): Pick<Column, "default"> {
  return /^NULL::/.test(sql) ? {} : { default: { sql } };
}

function identityOf(
  table: string,
  row: ColumnRow,
  sequences: readonly SequenceRow[],
): Pick<Column, "identity"> {
  if (row.identity === "") return {};
  const own = sequences.find(({ bond }) => bond === "i");
  const isNamed = own !== undefined && own.name !== sequenceName(table, row.name);
  return {
    identity: {
      generated: row.identity === "a" ? "always" : "byDefault",
      ...(isNamed && { name: own.name }),
      options: own ? optionsOf(own) : {},
    },
  };
}

function isSerial(sql: string | undefined, sequences: readonly SequenceRow[]): boolean {
  return sequences.some((row) => row.bond === "a" && sql === nextOf(row));
}

const serials: Partial<Record<ColumnType["kind"], ColumnType>> = {
  smallint: { kind: "smallserial" },
  integer: { kind: "serial" },
  bigint: { kind: "bigserial" },
};

function typeIn({ dimensions }: ColumnRow, type: ColumnType, serial: boolean): ColumnType {
  if (serial) return serials[type.kind] ?? type;
  return type.kind === "array" && dimensions > 1 ? { ...type, dimensions } : type;
}
