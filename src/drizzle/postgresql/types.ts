/** The types of columns, as Drizzle spells them. */
import type { ColumnType } from "../../model/column-type.ts";
import type { ObjectName } from "../../model/schema.ts";
import type { Drizzle, DrizzleColumn } from "../orm.ts";
import type { PgEnum, PgEnumColumn } from "./core.ts";
import { elementsOf } from "./elements.ts";

export function typeOf(column: DrizzleColumn, drizzle: Drizzle): ColumnType {
  const { base, dimensions } = elementsOf(column, drizzle);
  const type = elementType(base, drizzle);
  return dimensions === 0 ? type : { kind: "array", of: type, dimensions };
}

function elementType(column: DrizzleColumn, drizzle: Drizzle): ColumnType {
  const type = enumOf(column, drizzle);
  if (type !== undefined) return { kind: "enum", name: enumName(type) };
  const text = column.getSQLType();
  return { kind: "raw", postgresql: text, sqlite: text };
}

/** The enum of a column, or of its elements. */
export function enumOf(column: DrizzleColumn, drizzle: Drizzle): PgEnum | undefined {
  const { base } = elementsOf(column, drizzle);
  return isEnum(base) ? base.enum : undefined;
}

/** Enums that are declared as objects have columns of a class of their own. */
function isEnum(column: DrizzleColumn): column is PgEnumColumn {
  return column.columnType === "PgEnumColumn" || column.columnType === "PgEnumObjectColumn";
}

export function enumName({ schema, enumName: name }: PgEnum): ObjectName {
  return schema ? { schema, name } : name;
}
