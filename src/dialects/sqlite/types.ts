/** How SQLite spells the portable types, which are those of Drizzle's sqlite-core columns. */
import type { ColumnType } from "../../model/column-type.ts";

/**
 * `type` as it stands behind the name of a column. A strict table takes six types only, and none with a length:
 * https://www.sqlite.org/stricttables.html
 */
export function typeText(type: ColumnType, strict = false): string {
  switch (type.kind) {
    case "text":
    case "date":
    case "time":
    case "timestamp":
    case "interval":
    case "json":
    case "jsonb":
    case "uuid":
    case "enum":
    case "array":
      return "text";
    case "varchar":
    case "char":
      return type.length === undefined || strict ? "text" : `text(${type.length})`;
    case "smallint":
    case "integer":
    case "bigint":
    case "smallserial":
    case "serial":
    case "bigserial":
    case "boolean":
      return "integer";
    case "real":
    case "doublePrecision":
      return "real";
    case "numeric":
      // Of the six, the one that compares and adds up as numeric does.
      return strict ? "real" : "numeric";
    case "bytea":
      return "blob";
    case "raw":
      return type.sqlite;
  }
}

/** True when strict tables and others spell `type` alike. */
export function isSpelledAlike(type: ColumnType): boolean {
  return typeText(type, true) === typeText(type);
}

/** What a column makes of the values that it is given. */
export type Affinity = "INTEGER" | "TEXT" | "BLOB" | "REAL" | "NUMERIC";

/** The affinity of a declared type: https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
export function affinity(declared: string, strict = false): Affinity {
  const type = declared.toUpperCase();
  if (strict && type === "ANY") return "BLOB";
  if (type.includes("INT")) return "INTEGER";
  if (["CHAR", "CLOB", "TEXT"].some((part) => type.includes(part))) return "TEXT";
  if (type.trim() === "" || type.includes("BLOB")) return "BLOB";
  if (["REAL", "FLOA", "DOUB"].some((part) => type.includes(part))) return "REAL";
  return "NUMERIC";
}
