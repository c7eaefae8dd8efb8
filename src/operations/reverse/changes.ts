/** One change of a table, undone. */
import { type Column, displayName, type SchemaTable } from "../../model/schema.ts";
import { constraintColumns, findColumn } from "../apply/columns.ts";
import { findConstraint } from "../apply/constraints.ts";
import { named } from "../apply/names.ts";
import type { ColumnPlace } from "../kinds/tables.ts";
import type { ColumnAlteration, Operation, TableChange } from "../operation.ts";
import { alterationBack } from "./column.ts";

interface Undone {
  readonly changes: readonly TableChange[];
  readonly loses: readonly string[];
}

/** What turns the table `is` into the table `was`, whose indexes are left to others. */
export function reverseChange(
  change: TableChange,
  was: SchemaTable,
  is: SchemaTable,
  operation: Operation,
): Undone {
  switch (change.kind) {
    case "addColumn":
      return undone([{ kind: "dropColumn", name: change.column.name }]);
    case "dropColumn":
      return droppedBack(findColumn(was, change.name, operation), was);
    case "renameColumn":
      return undone([{ kind: "renameColumn", from: change.to, to: change.from }]);
    case "alterColumn":
      return alteredBack(findColumn(was, change.name, operation), change.to, was, is);
    case "addConstraint":
      return undone([
        { kind: "dropConstraint", name: change.constraint.name },
        ...was.columns.flatMap((it) => backTo(it, is)),
      ]);
    case "dropConstraint":
      return undone([{ kind: "addConstraint", constraint: findConstraint(was, change.name) }]);
    case "renameConstraint":
      return undone([{ kind: "renameConstraint", from: change.to, to: change.from }]);
    case "validateConstraint":
      return undone(uncheckedAgain(change.name, was));
  }
}

function undone(changes: readonly TableChange[], loses: readonly string[] = []): Undone {
  return { changes, loses };
}

function droppedBack(column: Column, was: SchemaTable): Undone {
  return undone(columnAgain(column, was), column.generated ? [] : [valuesOf(column, was)]);
}

/** The column where it was, and the constraints that went along with it. */
function columnAgain(column: Column, was: SchemaTable): readonly TableChange[] {
  const place = placeOf(column, was);
  const constraints = was.constraints.filter((it) => constraintColumns(it).includes(column.name));
  return [
    { kind: "addColumn", column, ...(place && { place }) },
    ...constraints.map((constraint) => ({ kind: "addConstraint", constraint }) as const),
  ];
}

function valuesOf(column: Column, { name }: SchemaTable): string {
  return `the values of ${displayName(name)}.${column.name}`;
}

/** Beside its neighbour; undefined for the last column, which is where a new one comes. */
function placeOf(column: Column, { columns }: SchemaTable): ColumnPlace | undefined {
  const at = columns.indexOf(column);
  const next = columns[at + 1];
  if (next === undefined) return undefined;
  const previous = columns[at - 1];
  return previous === undefined ? { before: next.name } : { after: previous.name };
}

function alteredBack(
  column: Column,
  to: ColumnAlteration,
  was: SchemaTable,
  is: SchemaTable,
): Undone {
  // A column cannot become a generated one on PostgreSQL. It is computed, so that making it anew loses nothing.
  if (column.generated && to.generated === null) {
    return undone([{ kind: "dropColumn", name: column.name }, ...columnAgain(column, was)]);
  }
  return undone(backTo(column, is), lostBy(to, column, was));
}

function lostBy(to: ColumnAlteration, column: Column, was: SchemaTable): readonly string[] {
  if (column.generated) return [];
  const values = valuesOf(column, was);
  if (to.using || to.generated) return [`${values} as they were`];
  return [
    ...(to.type ? [`${values} as they were, where the new type cannot hold them exactly`] : []),
    ...(to.backfill ? [`which rows had no value of ${displayName(was.name)}.${column.name}`] : []),
  ];
}

/** The alteration that makes `column` of the column in `is` that has its name, if there is something to alter. */
function backTo(column: Column, is: SchemaTable): readonly TableChange[] {
  const now = is.columns.find(named(column.name));
  const to = now && alterationBack(now, column, is.name);
  return to === undefined ? [] : [{ kind: "alterColumn", name: column.name, to }];
}

/** A constraint cannot be made unchecked, only added so. */
function uncheckedAgain(name: string, was: SchemaTable): readonly TableChange[] {
  const constraint = findConstraint(was, name);
  if (!("notValid" in constraint) || !constraint.notValid) return [];
  return [
    { kind: "dropConstraint", name },
    { kind: "addConstraint", constraint },
  ];
}
