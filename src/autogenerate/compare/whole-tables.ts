/** Tables that come and tables that go. */

import type { Rules } from "../../model/rules.ts";
import type { Constraint, ForeignKey, SchemaTable, Table } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Planned, planned } from "../phases.ts";
import { sorted } from "../topology.ts";
import { keyOf, same } from "./pair.ts";
import { alter, createIndex } from "./plan-table.ts";

/**
 * Each table after those that it refers to; a key that leads forward, or to a unique index, is added when all are there.
 * `all` are the tables that it may refer to.
 */
export function createTables(
  added: readonly SchemaTable[],
  all: readonly SchemaTable[],
  { keysApart }: Rules,
): readonly Planned[] {
  const order = sorted(added, references(added));
  const place = new Map(order.map(({ name }, at) => [keyOf(name), at]));
  const tables = new Map(all.map((table) => [keyOf(table.name), table]));
  return order.flatMap((table, at) => {
    const waits = (it: Constraint) => {
      // CREATE TABLE takes no heed of NOT VALID: there are no rows.
      if ("notValid" in it && it.notValid) return true;
      if (it.kind !== "foreignKey") return false;
      const isForward = (place.get(keyOf(it.table)) ?? at) > at;
      return isForward || leansOnIndex(it, tables.get(keyOf(it.table)));
    };
    const waiting = keysApart ? table.constraints.filter(waits) : [];
    const inline = table.constraints.filter((it) => !waiting.includes(it));
    const keys = waiting.map((constraint) => ({ kind: "addConstraint", constraint }) as const);
    return [
      ...planned("create tables", [createTable({ ...bare(table), constraints: inline })]),
      ...planned(
        "create indexes",
        table.indexes.map((index) => createIndex(table.name, index)),
      ),
      ...planned("add foreign keys", alter(table.name, keys)),
      ...planned("policies", security(table)),
    ];
  });
}

/** Whether no constraint guards what `key` refers to: then an index does, which comes after its table. */
function leansOnIndex(key: ForeignKey, table: SchemaTable | undefined): boolean {
  if (table === undefined) return false;
  return !table.constraints.some(
    (it) =>
      (it.kind === "primaryKey" || it.kind === "unique") &&
      same(it.columns.toSorted(), key.references.toSorted()),
  );
}

function createTable(table: Table): Operation {
  return { kind: "createTable", table, options: { ifNotExists: false } };
}

function bare({ indexes: _i, policies: _p, rowSecurity: _r, ...table }: SchemaTable): Table {
  return table;
}

function security({ name: table, rowSecurity, policies }: SchemaTable): readonly Operation[] {
  const { enabled, forced } = rowSecurity;
  return [
    ...(enabled || forced
      ? [
          {
            kind: "rowSecurity",
            table,
            ...(enabled && { enabled }),
            ...(forced && { forced }),
          } as const,
        ]
      : []),
    ...policies.map((policy) => ({ kind: "createPolicy", table, policy }) as const),
  ];
}

/** Each table before those that it refers to; in a circle the keys go first. */
export function dropTables(
  removed: readonly SchemaTable[],
  { tablesChangeWhole }: Rules,
): readonly Planned[] {
  const order = sorted(removed, references(removed)).toReversed();
  const place = new Map(order.map(({ name }, at) => [keyOf(name), at]));
  return order.flatMap((table, at) => {
    const back = table.constraints.filter(
      (it) => it.kind === "foreignKey" && (place.get(keyOf(it.table)) ?? at) < at,
    );
    const keys = back.map(({ name }) => ({ kind: "dropConstraint", name }) as const);
    return [
      ...planned("drop foreign keys", tablesChangeWhole ? [] : alter(table.name, keys)),
      ...planned("drop tables", [{ kind: "dropTable", table: table.name, ifExists: false }]),
    ];
  });
}

/** The tables among `tables` that one of them refers to. */
function references(tables: readonly SchemaTable[]) {
  const byName = new Map(tables.map((table) => [keyOf(table.name), table]));
  return (table: SchemaTable): readonly SchemaTable[] =>
    table.constraints.flatMap((it) => {
      const target = it.kind === "foreignKey" ? byName.get(keyOf(it.table)) : undefined;
      return target === undefined || target === table ? [] : [target];
    });
}
