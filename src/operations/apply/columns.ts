/** A table after one of its columns was added, dropped, renamed or altered. */
import { fail } from "../../errors.ts";
import {
  type Column,
  type Constraint,
  displayName,
  type Index,
  type SchemaTable,
} from "../../model/schema.ts";
import { describe } from "../describe.ts";
import { withNameOf } from "../identity-sequence.ts";
import type { AddColumn, ColumnAlteration, ColumnPlace } from "../kinds/tables.ts";
import type { Operation } from "../operation.ts";
import { mismatch, plain } from "./applier.ts";
import { replaced } from "./lists.ts";

/** `column` as a database has it just after it was made. */
export function newColumn(column: Column): Column {
  // https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL
  const serial = column.type.kind.endsWith("serial");
  return plain({ ...column, ...(serial && { notNull: true }) }, [
    "notNull",
    "autoIncrement",
    "default",
  ]);
}

/**
 * A primary key and an identity make their columns NOT NULL, and leave them so when they go. That is PostgreSQL and the
 * standard. SQLite lets a primary key hold NULLs, which it calls a mistake that it keeps for old files, and Drizzle declares the
 * columns of every primary key NOT NULL on both. https://www.sqlite.org/quirks.html
 */
export function implied(table: SchemaTable): SchemaTable {
  const key = table.constraints.find((it) => it.kind === "primaryKey")?.columns ?? [];
  const needs = (it: Column) => !it.notNull && (key.includes(it.name) || it.identity !== undefined);
  if (!table.columns.some(needs)) return table;
  return {
    ...table,
    columns: table.columns.map((it) => (needs(it) ? { ...it, notNull: true } : it)),
  };
}

export function findColumn(table: SchemaTable, name: string, operation: Operation): Column {
  const found = table.columns.find((it) => it.name === name);
  if (found !== undefined) return found;
  const where = { table: displayName(table.name), operation: describe(operation) };
  return fail("COLUMN_MISSING", { ...where, column: name });
}

export function refuseColumn(table: SchemaTable, name: string, operation: Operation): void {
  if (!table.columns.some((it) => it.name === name)) return;
  mismatch(operation, `"${displayName(table.name)}" has a column "${name}" already`);
}

export function addColumn(
  table: SchemaTable,
  { column, place }: AddColumn,
  operation: Operation,
): SchemaTable {
  refuseColumn(table, column.name, operation);
  const at = placeAt(table, place, operation);
  return implied({ ...table, columns: table.columns.toSpliced(at, 0, newColumn(column)) });
}

function placeAt(table: SchemaTable, place: ColumnPlace | undefined, operation: Operation): number {
  if (place === undefined) return table.columns.length;
  const neighbour = findColumn(table, "before" in place ? place.before : place.after, operation);
  return table.columns.indexOf(neighbour) + ("before" in place ? 0 : 1);
}

/** The indexes and constraints whose column lists hold it go along. A check is text, so nobody here knows what it holds. */
export function dropColumn(table: SchemaTable, name: string, operation: Operation): SchemaTable {
  const column = findColumn(table, name, operation);
  return {
    ...table,
    columns: table.columns.filter((it) => it !== column),
    constraints: table.constraints.filter((it) => !constraintColumns(it).includes(name)),
    indexes: table.indexes.filter((it) => !indexColumns(it).includes(name)),
  };
}

export function constraintColumns(constraint: Constraint): readonly string[] {
  if (constraint.kind === "check") return [];
  return constraint.kind === "foreignKey"
    ? constraint.columns
    : [...constraint.columns, ...(constraint.include ?? [])];
}

function indexColumns(index: Index): readonly string[] {
  const columns = index.columns.flatMap(({ of }) => (typeof of === "string" ? [of] : []));
  return [...columns, ...(index.include ?? [])];
}

export function alterColumn(
  table: SchemaTable,
  name: string,
  to: ColumnAlteration,
  operation: Operation,
): SchemaTable {
  const column = findColumn(table, name, operation);
  const { using: _using, backfill: _backfill, ...members } = to;
  const merged = { ...column, ...members } as Column;
  const altered = plain(merged, [...taken, "notNull", "autoIncrement"]);
  const counted = withNameOf(altered, column, table.name);
  return implied({ ...table, columns: replaced(table.columns, column, counted) });
}

/** The members that null takes away. */
const taken = ["default", "identity", "generated", "collation", "comment"] as const;
