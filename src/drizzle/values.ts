/** What the values of JavaScript that a schema names are in the database. */
import type { Literal } from "../model/schema.ts";
import type { DrizzleColumn } from "./orm.ts";

/** True for what a dialect writes as a literal. */
export function isLiteral(value: unknown): value is Literal {
  if (value === null || value instanceof Date || value instanceof Uint8Array) return true;
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}

/**
 * The text of a value of a JSON column. drizzle-kit 0.31 takes a string for the text itself: `.default("{}")` made an
 * empty object in databases that exist.
 */
export function jsonText(value: unknown, isBeforeV1: boolean): string {
  if (isBeforeV1 && typeof value === "string" && isJson(value)) return value;
  return JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A value as the column's own encoding has it, where the value does not speak for itself. */
export function encode(column: DrizzleColumn, value: unknown): unknown {
  const isCustom = /CustomColumn$/.test(column.columnType);
  return isCustom || !isLiteral(value) ? column.mapToDriverValue(value) : value;
}
