import type { ColumnType } from "../../model/column-type.ts";
import type { Rules } from "../../model/rules.ts";
import { stored } from "./normalise-table.ts";
import { typeText } from "./types.ts";
import { quote, value } from "./write.ts";

export const rules: Rules = {
  uniqueIndexIsConstraint: false,
  tablesChangeWhole: false,
  keysApart: true,
  typeForgetsDefault: true,
  viewsHoldColumns: true,
  using: (column, from, to) =>
    convertsByItself(from, to) ? null : { sql: conversion(quote(column), from, to) },
  spell: typeText,
  write: value,
  numbersRows: () => false,
  needless: new Set(),
};

/** There is a cast between truth values and `integer` only; all other values are read as they are written. */
function conversion(column: string, from: ColumnType, to: ColumnType): string {
  const [source, target, type] = [family(from), family(to), typeText(stored(to))];
  if (source === "boolean" && target === "number") return `${column}::integer::${type}`;
  if (source === "number" && target === "boolean") return `${column}::integer::boolean`;
  return `${column}::text::${type}`;
}

/**
 * Whether ALTER COLUMN … TYPE goes without USING: it takes a cast that is allowed in an assignment.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE
 */
export function convertsByItself(from: ColumnType, to: ColumnType): boolean {
  if (from.kind === "array" && to.kind === "array") return convertsByItself(from.of, to.of);
  const [source, target] = [family(from), family(to)];
  // Whatever there is can be written out, and be assigned to a text.
  if (target === "text" || source === target) return true;
  return assignable[source]?.includes(target) ?? false;
}

/** `SELECT castsource, casttarget FROM pg_cast WHERE castcontext IN ('i', 'a')`, by families. */
const assignable: Readonly<Record<string, readonly string[]>> = {
  date: ["timestamp"],
  timestamp: ["date", "time"],
  time: ["interval"],
  interval: ["time"],
  json: ["jsonb"],
  jsonb: ["json"],
};

/** Types that are assigned to each other. */
export function family(type: ColumnType): string {
  switch (type.kind) {
    case "text":
    case "varchar":
    case "char":
      return "text";
    case "smallint":
    case "integer":
    case "bigint":
    case "smallserial":
    case "serial":
    case "bigserial":
    case "real":
    case "doublePrecision":
    case "numeric":
      return "number";
    default:
      return type.kind === "raw"
        ? type.postgresql
        : type.kind === "enum"
          ? typeText(type)
          : type.kind;
  }
}
