/** A table after one of its constraints was added, dropped, renamed or validated. */
import { fail } from "../../errors.ts";
import { type Constraint, displayName, type SchemaTable } from "../../model/schema.ts";
import type { Operation } from "../operation.ts";
import { mismatch, plain } from "./applier.ts";
import { constraintColumns, findColumn, implied } from "./columns.ts";
import { replaced, without } from "./lists.ts";

/** `constraint` without what says nothing; where every row satisfies it, that it was not checked is nothing too. */
export function plainConstraint(
  constraint: Constraint,
  { valid }: { readonly valid: boolean },
): Constraint {
  switch (constraint.kind) {
    case "primaryKey":
      return constraint;
    case "unique":
      return plain(constraint, ["nullsNotDistinct"]);
    case "foreignKey":
      return plain(valid ? { ...constraint, notValid: false } : constraint, ["notValid"]);
    case "check":
      return plain(valid ? { ...constraint, notValid: false } : constraint, ["notValid"]);
  }
}

export function findConstraint(table: SchemaTable, name: string): Constraint {
  const found = table.constraints.find((it) => it.name === name);
  if (found !== undefined) return found;
  const known = table.constraints.map((it) => it.name);
  return fail("CONSTRAINT_MISSING", { table: displayName(table.name), constraint: name, known });
}

export function addConstraint(
  table: SchemaTable,
  constraint: Constraint,
  operation: Operation,
): SchemaTable {
  refuseConstraint(table, constraint.name, operation);
  const second = constraint.kind === "primaryKey";
  if (second && table.constraints.some((it) => it.kind === "primaryKey")) {
    mismatch(operation, `"${displayName(table.name)}" has a primary key already`);
  }
  for (const column of constraintColumns(constraint)) findColumn(table, column, operation);
  const added = plainConstraint(constraint, { valid: false });
  return implied({ ...table, constraints: [...table.constraints, added] });
}

export function dropConstraint(table: SchemaTable, name: string): SchemaTable {
  const constraint = findConstraint(table, name);
  return { ...table, constraints: without(table.constraints, constraint) };
}

export function renameConstraint(
  table: SchemaTable,
  { from, to }: { readonly from: string; readonly to: string },
  operation: Operation,
): SchemaTable {
  const constraint = findConstraint(table, from);
  refuseConstraint(table, to, operation);
  const named = { ...constraint, name: to };
  return { ...table, constraints: replaced(table.constraints, constraint, named) };
}

export function validateConstraint(table: SchemaTable, name: string): SchemaTable {
  const constraint = findConstraint(table, name);
  const valid = plainConstraint(constraint, { valid: true });
  return { ...table, constraints: replaced(table.constraints, constraint, valid) };
}

function refuseConstraint(table: SchemaTable, name: string, operation: Operation): void {
  if (!table.constraints.some((it) => it.name === name)) return;
  mismatch(operation, `"${displayName(table.name)}" has a constraint "${name}" already`);
}
