/** What operations change, by name: for people who want to know where two of them meet. */
import { type Constraint, displayName, type ObjectName } from "../model/schema.ts";
import type { Operation, TableChange } from "./operation.ts";

/** `users`, `users.email`: a table stands for all that is in it. What SQL and work do is not known. */
export function touches(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "alterTable":
      return operation.changes.flatMap((change) => inTable(operation.table, ofChange(change)));
    case "createTable":
      return [displayName(operation.table.name)];
    case "createIndex":
      return inTable(operation.table, [operation.index.name]);
    case "dropIndex":
    case "alterPolicy":
    case "dropPolicy":
      return inTable(operation.table, [operation.name]);
    case "renameIndex":
    case "renamePolicy":
      return inTable(operation.table, [operation.from, operation.to]);
    case "createPolicy":
      return inTable(operation.table, [operation.policy.name]);
    case "dropTable":
    case "moveTable":
    case "rowSecurity":
    case "insert":
      return [displayName(operation.table)];
    case "renameTable":
    case "renameEnum":
    case "renameSequence":
    case "renameView":
      return [displayName(operation.from), displayName(besides(operation.from, operation.to))];
    case "createEnum":
      return [displayName(operation.enum.name)];
    case "createSequence":
      return [displayName(operation.sequence.name)];
    case "createView":
      return [displayName(operation.view.name)];
    case "dropEnum":
    case "addEnumValue":
    case "renameEnumValue":
    case "alterEnum":
    case "alterSequence":
    case "dropSequence":
    case "dropView":
    case "refreshView":
      return [displayName(operation.name)];
    default:
      return [];
  }
}

/** The things that both change: of a table and a column of it, the column. */
export function meeting(one: readonly string[], other: readonly string[]): readonly string[] {
  const met = one.flatMap((name) =>
    other.flatMap((its) => {
      if (name === its || its.startsWith(`${name}.`)) return [its];
      return name.startsWith(`${its}.`) ? [name] : [];
    }),
  );
  return [...new Set(met)];
}

function ofChange(change: TableChange): readonly string[] {
  switch (change.kind) {
    case "addColumn":
      return [change.column.name];
    case "addConstraint":
      return [change.constraint.name, ...columnsOf(change.constraint)];
    case "renameColumn":
    case "renameConstraint":
      return [change.from, change.to];
    case "dropColumn":
    case "alterColumn":
    case "dropConstraint":
    case "validateConstraint":
      return [change.name];
  }
}

function columnsOf(constraint: Constraint): readonly string[] {
  return constraint.kind === "check" ? [] : constraint.columns;
}

function inTable(table: ObjectName, names: readonly string[]): readonly string[] {
  return names.map((name) => `${displayName(table)}.${name}`);
}

function besides(name: ObjectName, other: string): ObjectName {
  return typeof name === "string" ? other : { schema: name.schema, name: other };
}
