/** A column as a call of `t.*`, and what comes with it. */
import { type Call, string } from "../../autogenerate/render/code.ts";
import { columnOf } from "../../autogenerate/render/columns.ts";
import { name, strings, text, withOptions } from "../../autogenerate/render/values.ts";
import type { ColumnType } from "../../model/column-type.ts";
import type { ObjectName } from "../../model/schema.ts";
import { type Constraint, unique } from "./constraints.ts";
import { type Line, line, plainName } from "./line.ts";
import type { ReadColumn } from "./read-column.ts";
import { shortened } from "./scope.ts";

export interface KeyPart {
  /** It is in the primary key. */
  readonly isKey: boolean;
  /** It is the primary key, and nothing else gives it a value. */
  readonly isNumbered: boolean;
  /** SQLite: numbers are never given again. */
  readonly autoIncrement?: boolean;
}

const noKey: KeyPart = { isKey: false, isNumbered: false };

export function writeColumn(column: ReadColumn, part: KeyPart = noKey): Call {
  const { nullable, type, written, comment, details } = column;
  const notNull = part.isKey || column.isKey ? nullable !== true : nullable === false;
  return columnOf(column.name, part.isNumbered ? numbered(type) : written, {
    notNull,
    ...details,
    autoIncrement: part.autoIncrement,
    comment: text(comment),
  });
}

/** SQLAlchemy makes a serial of an integer key that has no other source of values. */
function numbered(type: ColumnType): ColumnType {
  switch (type.kind) {
    case "smallint":
      return { kind: "smallserial" };
    case "integer":
      return { kind: "serial" };
    case "bigint":
      return { kind: "bigserial" };
    default:
      return type;
  }
}

export function canBeNumbered({ type, autoincrement, details, constraints }: ReadColumn): boolean {
  const isWhole = ["smallint", "integer", "bigint"].includes(type.kind);
  const refers = constraints.some(({ kind }) => kind === "foreignKey");
  const hasSource = details.default !== undefined || details.identity !== undefined;
  return isWhole && autoincrement !== false && !hasSource && (autoincrement === true || !refers);
}

/** The constraints of a column: its own, and the one that `unique=True` means. */
export function constraintsOf(column: ReadColumn): readonly Constraint[] {
  const isConstraint = column.isUnique && !column.isIndexed;
  return [...column.constraints, ...(isConstraint ? [unique([column.name], undefined)] : [])];
}

/** The index of `index=True`, with the name that SQLAlchemy gives it. */
export function indexesOf(column: ReadColumn, table: ObjectName): readonly Line[] {
  if (!column.isIndexed) return [];
  const own = `ix_${typeof table === "string" ? "" : `${table.schema}_`}${plainName(table)}_${column.name}`;
  const args = [string(shortened(own)), name(table), strings([column.name])];
  return [line({ call: "op.createIndex", args: withOptions(args, { unique: column.isUnique }) })];
}
