/** Arrays, which the two versions of Drizzle build differently. */
import type { Drizzle, DrizzleColumn } from "../orm.ts";

/** The column of the elements, and how deep they lie. */
export interface Elements {
  readonly base: DrizzleColumn;
  /** 0 for a column that is no array. */
  readonly dimensions: number;
}

/**
 * 1.0 keeps the depth in `dimensions`, where 0.45 keeps the size of a vector and wraps the column of the elements once for
 * each dimension. The size of an array is left out: PostgreSQL takes no notice of it.
 */
export function elementsOf(column: DrizzleColumn, { isBeforeV1 }: Drizzle): Elements {
  if (!isBeforeV1) return { base: column, dimensions: depthOf(column) };
  let base = column;
  let dimensions = 0;
  while (isArray(base)) {
    base = base.baseColumn;
    dimensions += 1;
  }
  return { base, dimensions };
}

function isArray(
  column: DrizzleColumn,
): column is DrizzleColumn & { readonly baseColumn: DrizzleColumn } {
  return column.columnType === "PgArray";
}

function depthOf(column: DrizzleColumn): number {
  const depth: unknown = "dimensions" in column ? column.dimensions : 0;
  if (Number.isInteger(depth)) return Number(depth);
  // `.array(3)` was a size in 0.45; 1.0 makes NaN of it.
  throw new TypeError(`column ${column.name}: write .array("[]"), with one [] for each dimension`);
}
