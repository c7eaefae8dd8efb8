/** One name for both databases where nobody chose one: drizzle-kit derives another for each. */
import type { Constraint, ObjectName } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import { keyOf } from "../compare/pair.ts";
import { constraintsInOrder } from "../in-order.ts";
import type { Both } from "./both.ts";

/** The operations of SQLite, with the derived names of PostgreSQL's for constraints that demand the same. */
export function namedAlike({
  postgresql,
  sqlite,
}: Both<readonly Operation[]>): readonly Operation[] {
  const names = new Map(
    postgresql.flatMap(derivedIn).map(({ table, it }) => [demand(table, it), it.name]),
  );
  if (names.size === 0) return sqlite;
  const rename = (table: ObjectName, it: Constraint): Constraint => {
    const name = it.derivedName ? names.get(demand(table, it)) : undefined;
    return name === undefined ? it : { ...it, name };
  };
  return sqlite.map((operation) => renamedIn(operation, rename));
}

interface Placed {
  readonly table: ObjectName;
  readonly it: Constraint;
}

function derivedIn(operation: Operation): readonly Placed[] {
  return addedBy(operation).filter(({ it }) => it.derivedName);
}

function addedBy(operation: Operation): readonly Placed[] {
  switch (operation.kind) {
    case "createTable":
      return operation.table.constraints.map((it) => ({ table: operation.table.name, it }));
    case "alterTable":
      return operation.changes.flatMap((change) =>
        change.kind === "addConstraint" ? [{ table: operation.table, it: change.constraint }] : [],
      );
    default:
      return [];
  }
}

/** What a constraint says, but for its name. */
function demand(table: ObjectName, it: Constraint): string {
  const ends = it.kind === "foreignKey" ? [keyOf(it.table), it.references] : [];
  const columns = it.kind === "check" ? it.expression.sql : it.columns;
  return JSON.stringify([keyOf(table), it.kind, columns, ends]);
}

function renamedIn(
  operation: Operation,
  rename: (table: ObjectName, it: Constraint) => Constraint,
): Operation {
  switch (operation.kind) {
    case "createTable": {
      const { table } = operation;
      const constraints = constraintsInOrder(table.constraints.map((it) => rename(table.name, it)));
      return { ...operation, table: { ...table, constraints } };
    }
    case "alterTable": {
      const changes = operation.changes.map((change) =>
        change.kind === "addConstraint"
          ? { ...change, constraint: rename(operation.table, change.constraint) }
          : change,
      );
      return { ...operation, changes };
    }
    default:
      return operation;
  }
}
