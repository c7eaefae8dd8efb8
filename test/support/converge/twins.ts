/** The twin of a blueprint for PostgreSQL: what somebody writes for SQLite who wants the same of both. */
import type { ColumnType } from "../../../src/model/column-type.ts";
import type { ObjectName } from "../../../src/model/schema.ts";
import type { Chance } from "../arbitrary-chance.ts";
import { type Blueprint, localOf, type TablePlan } from "./blueprint.ts";

/** Which type of SQLite a type of PostgreSQL goes with; one type goes with one all along a pair of schemas. */
export type Tastes = ReadonlyMap<ColumnType["kind"], ColumnType>;

const text: ColumnType = { kind: "text" };
const integer: ColumnType = { kind: "integer" };
const whole = [integer] as const;
const time = [text, integer] as const;

/** As docs/types.md has them. */
const choices: Readonly<Partial<Record<ColumnType["kind"], readonly ColumnType[]>>> = {
  text: [text],
  varchar: [text, { kind: "varchar", length: 20 }],
  smallint: whole,
  integer: whole,
  bigint: whole,
  serial: whole,
  doublePrecision: [{ kind: "real" }],
  numeric: [{ kind: "numeric" }, text, { kind: "real" }],
  boolean: [{ kind: "boolean" }],
  date: time,
  timestamp: time,
  json: [{ kind: "json" }],
  jsonb: [{ kind: "json" }],
  uuid: [text, { kind: "bytea" }],
  array: [{ kind: "json" }],
  enum: [text],
};

export function makeTastes(chance: Chance): Tastes {
  return new Map(
    Object.entries(choices).map(([kind, types]) => [kind as ColumnType["kind"], chance.one(types)]),
  );
}

/** Without what only PostgreSQL has. */
export function twinOf(blueprint: Blueprint, tastes: Tastes): Blueprint {
  return {
    dialect: "sqlite",
    enums: [],
    sequences: [],
    tables: blueprint.tables.map((it) => tableOf(it, tastes)),
    views: blueprint.views.map((it) => ({ ...it, table: localOf(it.table), materialized: false })),
  };
}

function tableOf(table: TablePlan, tastes: Tastes): TablePlan {
  const name: ObjectName = localOf(table.name);
  return {
    ...table,
    name,
    columns: table.columns.map((it) => ({ ...it, type: tastes.get(it.type.kind) ?? text })),
    references: table.references.map((it) => ({ ...it, table: localOf(it.table) })),
    policies: [],
    rowSecurity: false,
  };
}
