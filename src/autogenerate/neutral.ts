/** What rows get in a column that has to have a value and whose own ones are gone. */
import type { ColumnType } from "../model/column-type.ts";
import type { Column, Enum, Expression, SchemaTable } from "../model/schema.ts";
import { keyOf } from "./compare/pair.ts";

/** SQL for a value that says nothing; null where every row would need another one, or none is known. */
export function neutral(
  column: Column,
  table: SchemaTable | undefined,
  enums: readonly Enum[],
): Expression | null {
  if (table === undefined || isKey(column.name, table)) return null;
  const sql = ofType(column.type, enums);
  return sql === null ? null : { sql };
}

/** Of a unique column the second row would fail, and of one that refers to others every row. */
function isKey(column: string, { constraints, indexes }: SchemaTable): boolean {
  const keys = constraints.flatMap((it) => (it.kind === "check" ? [] : it.columns));
  const indexed = indexes
    .filter(({ unique }) => unique)
    .flatMap(({ columns }) => columns.map(({ of }) => (typeof of === "string" ? of : "")));
  return [...keys, ...indexed].includes(column);
}

function ofType(type: ColumnType, enums: readonly Enum[]): string | null {
  switch (type.kind) {
    case "text":
    case "varchar":
    case "char":
      return "''";
    case "smallint":
    case "integer":
    case "bigint":
    case "real":
    case "doublePrecision":
    case "numeric":
      return "0";
    case "boolean":
      return "false";
    case "date":
    case "timestamp":
      return "CURRENT_TIMESTAMP";
    case "time":
      return "'00:00:00'";
    case "interval":
      return "'0'";
    case "json":
    case "jsonb":
    case "array":
      return "'{}'";
    case "uuid":
      return "'00000000-0000-0000-0000-000000000000'";
    case "bytea":
      return "''";
    case "enum": {
      const values = enums.find((it) => keyOf(it.name) === keyOf(type.name))?.values ?? [];
      return values[0] === undefined ? null : `'${values[0].replaceAll("'", "''")}'`;
    }
    case "smallserial":
    case "serial":
    case "bigserial":
    case "raw":
      return null;
  }
}
