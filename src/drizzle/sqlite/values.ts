/** What a column makes of a value of JavaScript. */
import type { Drizzle, DrizzleColumn } from "../orm.ts";
import { encode, jsonText } from "../values.ts";

/** A literal where there is one. Truth values stay what they are: the dialect knows how they are stored. */
export function storedValue(
  column: DrizzleColumn,
  value: unknown,
  { isBeforeV1 }: Drizzle,
): unknown {
  switch (column.columnType) {
    case "SQLiteTextJson":
      return jsonText(value, isBeforeV1);
    case "SQLiteBlobJson":
      return new TextEncoder().encode(jsonText(value, isBeforeV1));
    case "SQLiteTimestamp":
      // Whole seconds or milliseconds, rounded as the ORM rounds them.
      return value instanceof Date ? column.mapToDriverValue(value) : value;
    case "SQLiteBigInt":
      // In a blob, as digits.
      return typeof value === "bigint" ? column.mapToDriverValue(value) : value;
    default:
      return encode(column, value);
  }
}
