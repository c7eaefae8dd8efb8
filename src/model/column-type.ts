import type { ObjectName } from "./schema.ts";

/**
 * The types of columns that mean the same on both databases, by the names of Drizzle's functions. A dialect spells them;
 * `raw` is for everything else.
 */
export type ColumnType =
  | { readonly kind: "text" }
  | { readonly kind: "varchar"; readonly length?: number }
  | { readonly kind: "char"; readonly length?: number }
  | { readonly kind: "smallint" }
  | { readonly kind: "integer" }
  | { readonly kind: "bigint" }
  | { readonly kind: "smallserial" }
  | { readonly kind: "serial" }
  | { readonly kind: "bigserial" }
  | { readonly kind: "real" }
  | { readonly kind: "doublePrecision" }
  | { readonly kind: "numeric"; readonly precision?: number; readonly scale?: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "date" }
  | { readonly kind: "time"; readonly precision?: number; readonly timezone?: boolean }
  | { readonly kind: "timestamp"; readonly precision?: number; readonly timezone?: boolean }
  | { readonly kind: "interval" }
  | { readonly kind: "json" }
  | { readonly kind: "jsonb" }
  | { readonly kind: "uuid" }
  | { readonly kind: "bytea" }
  /** A type that `createEnum` made; text on SQLite. */
  | { readonly kind: "enum"; readonly name: ObjectName }
  /** A list of values, of `dimensions` dimensions; JSON text on SQLite. `of` is never an array. */
  | { readonly kind: "array"; readonly of: ColumnType; readonly dimensions: number }
  /** A type that is spelled by hand for each database. */
  | { readonly kind: "raw"; readonly postgresql: string; readonly sqlite: string };
