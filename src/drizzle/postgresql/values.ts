/** What a column makes of a value of JavaScript. */
import type { Drizzle, DrizzleColumn } from "../orm.ts";
import { encode, isLiteral, jsonText } from "../values.ts";
import { arrayText } from "./array-text.ts";
import type { PgCore } from "./core.ts";
import { elementsOf } from "./elements.ts";

/**
 * A literal where there is one. Values speak for themselves: what 1.0 hands to the driver is half encoded (arrays and JSON
 * are left to its codecs), and 0.45 cannot encode all that its own types take.
 */
export function storedValue(
  column: DrizzleColumn,
  value: unknown,
  drizzle: Drizzle<PgCore>,
): unknown {
  const { base, dimensions } = elementsOf(wholeColumn(column, drizzle), drizzle);
  if (dimensions === 0 || !Array.isArray(value)) return single(base, value, drizzle);
  return arrayText(value, dimensions, (it) => element({ base, dimensions }, it, drizzle));
}

/** The column of the table, for the half of it that a constraint or an index is written with. */
function wholeColumn(column: DrizzleColumn, { orm, core }: Drizzle<PgCore>): DrizzleColumn {
  if (!orm.is(column, core.ExtraConfigColumn)) return column;
  const columns = Object.values(orm.getTableColumns(column.table));
  return columns.find(({ name }) => name === column.name) ?? column;
}

function single(column: DrizzleColumn, value: unknown, drizzle: Drizzle<PgCore>): unknown {
  const { columnType } = column;
  if (columnType === "PgJson" || columnType === "PgJsonb") {
    return jsonText(value, drizzle.isBeforeV1);
  }
  if (value instanceof Date && column.getSQLType() === "date") return dateText(value);
  const encoded = encode(column, value);
  return isPlain(encoded) ? JSON.stringify(encoded) : encoded;
}

function element(
  { base, dimensions }: { base: DrizzleColumn; dimensions: number },
  value: unknown,
  drizzle: Drizzle<PgCore>,
): unknown {
  if (drizzle.isBeforeV1 || isLiteral(value)) return single(base, value, drizzle);
  // 1.0 encodes through the whole array: a point that stood alone would be taken for two elements.
  const whole: DrizzleColumn = {
    ...base,
    getSQLType: () => base.getSQLType(),
    mapToDriverValue: (it) => unwrap(base.mapToDriverValue(wrap(it, dimensions)), dimensions),
  };
  return single(whole, value, drizzle);
}

function wrap(value: unknown, depth: number): unknown {
  return depth === 0 ? value : [wrap(value, depth - 1)];
}

function unwrap(value: unknown, depth: number): unknown {
  return depth === 0 || !Array.isArray(value) ? value : unwrap(value[0], depth - 1);
}

/** The day in UTC, as the ORM stores it. */
function dateText(date: Date): string {
  return date.toISOString().replace(/T.*$/, "");
}

/** What the driver would send as JSON. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
