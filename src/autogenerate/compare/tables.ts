/** One table against the one wanted. */

import type { Rules } from "../../model/rules.ts";
import type { Constraint, Index, SchemaTable, TableName, Unique } from "../../model/schema.ts";
import type { TableChange } from "../../operations/kinds/tables.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Planned, planned } from "../phases.ts";
import { type ColumnChanges, compareColumns } from "./columns.ts";
import { type ConstraintChanges, compareConstraints } from "./constraints.ts";
import { compareIndexes, guardsSame, type IndexChanges } from "./indexes.ts";
import { mentions } from "./mentions.ts";
import { comparePolicies } from "./security.ts";

export interface TableDifference {
  readonly plan: readonly Planned[];
  /** Columns that are dropped or change their type. */
  readonly touched: readonly string[];
}

/** `made` tells the indexes that may be dropped. */
export function compareTable(
  current: SchemaTable,
  desired: SchemaTable,
  rules: Rules,
  made: (index: Index) => boolean,
): TableDifference {
  const columns = compareColumns(current.columns, desired.columns, rules);
  const [from, to] = rules.uniqueIndexIsConstraint
    ? withoutTwins(current, desired)
    : [current, desired];
  const constraints = compareConstraints(from.constraints, to.constraints);
  const indexes = compareIndexes(from.indexes, to.indexes);
  const policies = comparePolicies(current, desired, (policy) =>
    [policy.using, policy.withCheck].some((it) => it && mentions(it.sql, columns.touched)),
  );
  const changes = tableChanges(columns, constraints, rules);
  return {
    plan: [
      ...planned("drop policies", policies.drops),
      ...planAlter(desired.name, changes, rules),
      ...planIndexes(desired.name, indexes, made),
      ...planned("policies", policies.rest),
    ],
    touched: columns.touched,
  };
}

/** Unique constraints of one side that are unique indexes of the other, left out of both. */
function withoutTwins(current: SchemaTable, desired: SchemaTable): [SchemaTable, SchemaTable] {
  const [one, other] = [twins(current, desired), twins(desired, current)];
  const gone = new Set<Constraint | Index>([...one, ...other].flat());
  const without = (table: SchemaTable): SchemaTable => ({
    ...table,
    constraints: table.constraints.filter((it) => !gone.has(it)),
    indexes: table.indexes.filter((it) => !gone.has(it)),
  });
  return [without(current), without(desired)];
}

function twins(
  constrained: SchemaTable,
  indexed: SchemaTable,
): readonly (readonly [Unique, Index])[] {
  const free = new Set(indexed.indexes);
  return constrained.constraints.flatMap((constraint) => {
    if (constraint.kind !== "unique" || hasUnique(indexed, constraint)) return [];
    const index = [...free].find((it) => guardsSame(it, constraint));
    if (index === undefined) return [];
    free.delete(index);
    return [[constraint, index] as const];
  });
}

function hasUnique({ constraints }: SchemaTable, { columns }: Unique): boolean {
  return constraints.some(
    (it) => it.kind === "unique" && it.columns.join("\0") === columns.join("\0"),
  );
}

interface Changes {
  readonly before: readonly TableChange[];
  readonly main: readonly TableChange[];
  readonly after: readonly TableChange[];
}

function tableChanges(
  columns: ColumnChanges,
  { added, removed, renamed, kept }: ConstraintChanges,
  rules: Rules,
): Changes {
  const isKey = ({ kind }: Constraint) => kind === "foreignKey";
  // A key whose columns change their type is checked anew only when it is made anew.
  const again = rules.tablesChangeWhole
    ? []
    : kept.filter(([it]) => isKey(it) && holds(it, columns.touched));
  const drop = ({ name }: Constraint) => ({ kind: "dropConstraint", name }) as const;
  const add = (constraint: Constraint) => ({ kind: "addConstraint", constraint }) as const;
  return {
    before: [...removed.filter(isKey), ...again.map(([it]) => it)].map(drop),
    main: [
      ...removed.filter((it) => !isKey(it)).map(drop),
      ...renamed.map((it) => ({ kind: "renameConstraint", ...it }) as const),
      ...columns.added,
      ...columns.altered,
      ...columns.dropped,
      ...added.filter((it) => !isKey(it)).map(add),
    ],
    after: [...added.filter(isKey), ...again.map(([it]) => it)].map(add),
  };
}

function holds(constraint: Constraint, columns: readonly string[]): boolean {
  return constraint.kind !== "check" && constraint.columns.some((it) => columns.includes(it));
}

function planAlter(
  table: TableName,
  { before, main, after }: Changes,
  { tablesChangeWhole }: Rules,
): readonly Planned[] {
  if (tablesChangeWhole)
    return planned("alter tables", alter(table, [...before, ...main, ...after]));
  return [
    ...planned("drop foreign keys", alter(table, before)),
    ...planned("alter tables", alter(table, main)),
    ...planned("add foreign keys", alter(table, after)),
  ];
}

export function alter(table: TableName, changes: readonly TableChange[]): readonly Operation[] {
  return changes.length === 0 ? [] : [{ kind: "alterTable", table, changes }];
}

function planIndexes(
  table: TableName,
  { added, removed, renamed }: IndexChanges,
  made: (index: Index) => boolean,
): readonly Planned[] {
  const again = new Set(added.map(({ name }) => name));
  const drops = removed.filter((index) => again.has(index.name) || made(index));
  return [
    ...planned(
      "drop indexes",
      drops.map(({ name }) => dropIndex(table, name)),
    ),
    ...planned(
      "drop indexes",
      renamed.map((it) => ({ kind: "renameIndex", table, ...it }) as const),
    ),
    ...planned(
      "create indexes",
      added.map((index) => createIndex(table, index)),
    ),
  ];
}

function dropIndex(table: TableName, name: string): Operation {
  return { kind: "dropIndex", table, name, concurrently: false, ifExists: false };
}

export function createIndex(table: TableName, index: Index): Operation {
  return {
    kind: "createIndex",
    table,
    index,
    concurrently: false,
    ifNotExists: false,
    only: false,
  };
}
