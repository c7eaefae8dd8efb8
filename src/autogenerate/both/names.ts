/** One name for both databases where nobody chose one for each: drizzle-kit derives another one for either. */
import type { Constraint, DialectName, ObjectName } from "../../model/schema.ts";
import { localName } from "../../operations/apply/names.ts";
import type { Operation } from "../../operations/operation.ts";
import { constraintsInOrder } from "../in-order.ts";
import type { Both } from "./both.ts";

/** `operations`, in which a derived name gives way to the other database's, and SQLite's to PostgreSQL's. */
export function namedAlike(operations: Both<readonly Operation[]>): Both<readonly Operation[]> {
  const added = {
    postgresql: byDemand(operations.postgresql),
    sqlite: byDemand(operations.sqlite),
  };
  const names = (of: DialectName) => (table: ObjectName, it: Constraint) => {
    const key = demand(table, it);
    const [postgresql, sqlite] = [added.postgresql.get(key), added.sqlite.get(key)];
    if (!postgresql || !sqlite || !it.derivedName) return it;
    const other = of === "sqlite" || sqlite.derivedName ? postgresql : sqlite;
    return { ...it, name: other.name };
  };
  return {
    postgresql: operations.postgresql.map((it) => renamedIn(it, names("postgresql"))),
    sqlite: operations.sqlite.map((it) => renamedIn(it, names("sqlite"))),
  };
}

function byDemand(operations: readonly Operation[]): ReadonlyMap<string, Constraint> {
  return new Map(operations.flatMap(addedBy));
}

type Added = readonly [demand: string, it: Constraint];

function addedBy(operation: Operation): readonly Added[] {
  switch (operation.kind) {
    case "createTable": {
      const { name, constraints } = operation.table;
      return constraints.map((it) => [demand(name, it), it]);
    }
    case "alterTable":
      return operation.changes.flatMap((change): readonly Added[] =>
        change.kind === "addConstraint"
          ? [[demand(operation.table, change.constraint), change.constraint]]
          : [],
      );
    default:
      return [];
  }
}

/** What a constraint says, but for its name. SQLite has no schemas. */
function demand(table: ObjectName, it: Constraint): string {
  const ends = it.kind === "foreignKey" ? [localName(it.table), it.references] : [];
  const columns = it.kind === "check" ? it.expression.sql : it.columns;
  return JSON.stringify([localName(table), it.kind, columns, ends]);
}

type Rename = (table: ObjectName, it: Constraint) => Constraint;

function renamedIn(operation: Operation, rename: Rename): Operation {
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
