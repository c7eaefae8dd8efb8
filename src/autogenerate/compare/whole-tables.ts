/** Tables that come and tables that go. */

import type { Rules } from "../../model/rules.ts";
import type { Constraint, SchemaTable, Table } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Planned, planned } from "../phases.ts";
import { sorted } from "../topology.ts";
import { keyOf } from "./pair.ts";
import { alter, createIndex } from "./plan-table.ts";

/** Each table after those that it refers to; a key that leads forward is added when all are there. */
export function createTables(
  added: readonly SchemaTable[],
  { keysApart }: Rules,
): readonly Planned[] {
  const order = sorted(added, references(added));
  const place = new Map(order.map(({ name }, at) => [keyOf(name), at]));
  return order.flatMap((table, at) => {
    const waits = (it: Constraint) => {
      // CREATE TABLE takes no heed of NOT VALID: there are no rows.
      if ("notValid" in it && it.notValid) return true;
      return it.kind === "foreignKey" && (place.get(keyOf(it.table)) ?? at) > at;
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
