/** Values for made-up rows: of the column's type, distinct, and such as its checks name. */
import { keyOf } from "../../autogenerate/compare/pair.ts";
import type { ColumnType } from "../../model/column-type.ts";
import type { Column, Enum, Literal, SchemaTable } from "../../model/schema.ts";

export interface Manner {
  readonly enums: readonly Enum[];
  /** Take the texts that checks mention. */
  readonly likeChecks: boolean;
}

/** The `n`th value of a column, from 1; undefined where its type is not known well enough. */
export function madeUp(
  table: SchemaTable,
  column: Column,
  n: number,
  { enums, likeChecks }: Manner,
): Literal | undefined {
  const { type, name } = column;
  const said = likeChecks ? textsOfChecks(table, name) : [];
  if (type.kind === "enum") {
    const values = enums.find((it) => keyOf(it.name) === keyOf(type.name))?.values ?? [];
    return values.length === 0 ? undefined : values[n % values.length];
  }
  if (isText(type) && said.length > 0) return said[n % said.length];
  return ofType(type, name, n);
}

function isText({ kind }: ColumnType): boolean {
  return ["text", "varchar", "char", "raw"].includes(kind);
}

/** `'saved'` and `'applied'` of `status IN ('saved', 'applied')`. */
function textsOfChecks({ constraints }: SchemaTable, column: string): readonly string[] {
  const mentions = new RegExp(`(?<![\\w$])${column.replace(/[^\w]/g, "\\$&")}(?![\\w$])`);
  return constraints
    .flatMap((it) => (it.kind === "check" ? [it.expression.sql] : []))
    .filter((text) => mentions.test(text))
    .flatMap((text) => [...text.matchAll(/'((?:[^']|'')*)'/g)])
    .map(([, text = ""]) => text.replaceAll("''", "'"));
}

function ofType(type: ColumnType, name: string, n: number): Literal | undefined {
  switch (type.kind) {
    case "text":
      return `${n} ${name}`;
    case "varchar":
    case "char":
      return `${n} ${name}`.slice(0, type.length ?? (type.kind === "char" ? 1 : undefined));
    case "smallint":
    case "integer":
    case "bigint":
    case "real":
    case "doublePrecision":
      return n;
    case "numeric":
      return (type.precision ?? 9) > (type.scale ?? 0) ? n : n / 10;
    case "boolean":
      return n % 2 === 0;
    case "date":
      return `2026-01-0${n}`;
    case "time":
      return `0${n}:00:00`;
    case "timestamp":
      return `2026-01-0${n} 00:00:00`;
    case "interval":
      return `${n} days`;
    case "json":
    case "jsonb":
      return `{"n": ${n}}`;
    case "uuid":
      return `00000000-0000-4000-8000-00000000000${n}`;
    case "bytea":
      return new Uint8Array([n]);
    case "array":
      return "{}";
    case "raw":
      return `${n}`;
    case "enum":
    case "smallserial":
    case "serial":
    case "bigserial":
      return undefined;
  }
}
