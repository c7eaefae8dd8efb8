import { emptySchema } from "../../../src/model/empty-schema.ts";
import type {
  Column,
  Constraint,
  ForeignKey,
  Schema,
  SchemaTable,
} from "../../../src/model/schema.ts";
import type { Identity } from "../../../src/model/sequence.ts";
import type { View } from "../../../src/model/view.ts";
import { sameName } from "../../../src/operations/apply/names.ts";
import {
  type Blueprint,
  type CheckPlan,
  type ColumnPlan,
  localOf,
  type ReferencePlan,
  type TablePlan,
  type ViewPlan,
} from "./blueprint.ts";
import { conditionSql, typed } from "./types.ts";
import { type Context, columnsOf, indexesOf, named, typeOf } from "./wanted-parts.ts";

export function wantedOf(given: Blueprint): Schema {
  const blueprint = { ...given, tables: given.tables.map((table) => fitting(given, table)) };
  const tables = blueprint.tables.map((table) => tableOf({ blueprint, table }));
  const checked = tables.map((table) => ({
    ...table,
    constraints: table.constraints.filter(
      (it) => it.kind !== "foreignKey" || leads(it, table, tables),
    ),
  }));
  const isPostgres = blueprint.dialect === "postgresql";
  return {
    ...emptySchema,
    namespaces: tables.some(({ name }) => typeof name !== "string") ? [{ name: "app" }] : [],
    enums: blueprint.enums,
    sequences: blueprint.sequences.map(({ name, increment }) => ({ name, options: { increment } })),
    tables: checked,
    views: blueprint.views.flatMap((view) => viewOf(blueprint, view)),
    ...(isPostgres ? {} : { namespaces: [] }),
  };
}

/** Without columns of an enum that is not there, and without what is computed from them. */
function fitting({ dialect, enums }: Blueprint, table: TablePlan): TablePlan {
  const known = table.columns.filter(({ type }) => typed(type, dialect, enums) !== undefined);
  const columns = known
    .map((it) => (isSource(known, it.from) ? it : { ...it, from: null }))
    .map((it) => (it.from === null ? it : { ...it, type: { kind: "text" as const } }));
  const id: ColumnPlan = {
    name: "id",
    type: { kind: "integer" },
    notNull: true,
    initial: null,
    numbers: null,
    from: null,
  };
  return { ...table, columns: columns.length > 0 ? columns : [id] };
}

function isSource(columns: readonly ColumnPlan[], name: string | null): boolean {
  return name === null || columns.some((it) => it.name === name && it.from === null);
}

function tableOf(context: Context): SchemaTable {
  const { table, blueprint } = context;
  const key = keyOf(context);
  const uniques = uniquesOf(context, key?.columns ?? []);
  const policies = table.policies.flatMap((plan) => policyOf(context, plan));
  const isPostgres = blueprint.dialect === "postgresql";
  return {
    name: table.name,
    columns: table.columns.map((it) => columnOf(context, it, key?.columns ?? [])),
    constraints: [
      ...(key ? [key] : []),
      ...uniques,
      ...table.references.flatMap((plan) => referenceOf(context, plan)),
      ...table.checks.flatMap((plan) => checkOf(context, plan)),
    ],
    indexes: indexesOf(context, uniques),
    policies,
    rowSecurity: {
      enabled: isPostgres && (table.rowSecurity || policies.length > 0),
      forced: false,
    },
  };
}

function columnOf(context: Context, plan: ColumnPlan, key: readonly string[]): Column {
  const { name, type, initial, from } = plan;
  const { dialect } = context.blueprint;
  const inKey = key.includes(name);
  if (from !== null)
    return { name, type, generated: { as: computed(context, from), stored: true } };
  const defaults = typeOf(context, name)?.defaults ?? [];
  const value = initial === null ? undefined : defaults[initial % Math.max(defaults.length, 1)];
  const serial = type.kind.endsWith("serial");
  const identity = plan.numbers !== null && dialect === "postgresql" && !serial;
  const isRowid = dialect === "sqlite" && key.length === 1 && inKey && type.kind === "integer";
  return {
    name,
    type,
    ...((plan.notNull || inKey || identity || serial) && { notNull: true }),
    ...(value !== undefined && !identity && !serial && { default: value }),
    ...(identity && { identity: identityOf(context, plan) }),
    ...(plan.numbers === "always" && isRowid && { autoIncrement: true }),
  };
}

function identityOf({ table }: Context, { name, numbers, counter }: ColumnPlan): Identity {
  const own = counter === true && { name: `${localOf(table.name)}_${name}_counter` };
  return { generated: numbers ?? "always", ...own, options: {} };
}

/** PostgreSQL computes only what is the same for ever: not every type becomes a text so. */
function computed(context: Context, from: string) {
  const source = typeOf(context, from)?.type.kind ?? "text";
  if (["text", "varchar"].includes(source)) return { sql: `lower("${from}")` };
  if (["integer", "bigint", "smallint"].includes(source)) {
    return context.blueprint.dialect === "sqlite"
      ? { sql: `"${from}" + 1` }
      : { sql: `("${from}" + 1)::text` };
  }
  return { sql: `CASE WHEN "${from}" IS NULL THEN 'none' ELSE 'some' END` };
}

function keyOf(context: Context): Extract<Constraint, { kind: "primaryKey" }> | null {
  const { key, name } = context.table;
  const columns = key && columnsOf(context, key);
  if (!key || !columns) return null;
  const derived = `${localOf(name)}_pkey`;
  return { kind: "primaryKey", columns, ...named(key.name, derived) };
}

/** Drizzle's reader leaves out what CREATE TABLE would. */
function uniquesOf(context: Context, key: readonly string[]) {
  const seen = [key.join()];
  return context.table.uniques.flatMap((plan) => {
    const columns = columnsOf(context, plan);
    if (!columns || seen.includes(columns.join())) return [];
    seen.push(columns.join());
    const derived = `${localOf(context.table.name)}_${columns.join("_")}_unique`;
    return [{ kind: "unique", columns, ...named(plan.name, derived) } as const];
  });
}

function referenceOf(context: Context, plan: ReferencePlan): readonly ForeignKey[] {
  const { table, blueprint } = context;
  const to = blueprint.tables.find((it) => sameName(it.name, plan.table));
  const [own, ...more] = columnsOf(context, plan) ?? [];
  const reference = to && guardedColumn({ blueprint, table: to });
  if (!to || !own || more.length > 0 || !reference) return [];
  const derived = `${localOf(table.name)}_${own}_${localOf(plan.table)}_${reference}_fk`;
  const isNull = !table.columns.some((it) => it.name === own && it.notNull);
  const action = plan.onDelete === "set null" && !isNull ? null : plan.onDelete;
  return [
    {
      kind: "foreignKey",
      columns: [own],
      table: plan.table,
      references: [reference],
      ...named(plan.name, derived),
      ...(action && { onDelete: action }),
    },
  ];
}

/** A column that a key may lead to: of a primary key, a unique or a unique index. */
function guardedColumn(context: Context): string | undefined {
  const key = keyOf(context);
  const uniques = uniquesOf(context, key?.columns ?? []);
  const indexes = indexesOf(context, uniques).filter((it) => it.unique && !it.where);
  const guards = [
    ...(key ? [key.columns] : []),
    ...uniques.map(({ columns }) => columns),
    ...indexes.map(({ columns }) => columns.map(({ of }) => (typeof of === "string" ? of : ""))),
  ];
  return guards.find(([, second]) => second === undefined)?.[0];
}

/** Both ends are of one type. */
function leads(key: ForeignKey, table: SchemaTable, tables: readonly SchemaTable[]): boolean {
  const to = tables.find((it) => sameName(it.name, key.table));
  const type = (of: SchemaTable | undefined, name: string | undefined) => {
    const found = of?.columns.find((it) => it.name === name)?.type;
    return found?.kind === "serial" ? `{"kind":"integer"}` : JSON.stringify(found);
  };
  const [one, other] = [type(table, key.columns[0]), type(to, key.references[0])];
  const itself = sameName(key.table, table.name) && key.columns[0] === key.references[0];
  const first = table.constraints.find(
    (it) => it.kind === "foreignKey" && it.columns[0] === key.columns[0],
  );
  return one !== undefined && one === other && !itself && first === key;
}

function checkOf(context: Context, { name, column, condition }: CheckPlan): readonly Constraint[] {
  const type = typeOf(context, column);
  if (type === undefined) return [];
  return [{ kind: "check", name, expression: { sql: conditionSql(condition, column, type) } }];
}

function policyOf(context: Context, { name, column, condition }: CheckPlan) {
  const type = typeOf(context, column);
  if (type === undefined) return [];
  const using = { sql: conditionSql(condition, column, type) };
  return [{ name, as: "permissive", for: "all", to: ["public"], using } as const];
}

function viewOf(blueprint: Blueprint, plan: ViewPlan): readonly View[] {
  const table = blueprint.tables.find((it) => sameName(it.name, plan.table));
  if (table === undefined) return [];
  const columns = plan.columns.filter((name) => table.columns.some((it) => it.name === name));
  if (columns.length === 0) return [];
  const of = typeof table.name === "string" ? `"${table.name}"` : `"app"."${table.name.name}"`;
  const type = plan.where && typeOf({ blueprint, table }, plan.where.column);
  const where =
    plan.where && type
      ? ` WHERE ${conditionSql(plan.where.condition, plan.where.column, type)}`
      : "";
  const sql = `SELECT ${columns.map((it) => `"${it}"`).join(", ")} FROM ${of}${where}`;
  const view = { name: plan.name, definition: { sql }, materialized: plan.materialized };
  const above = { sql: `SELECT "${columns[0]}" FROM "${plan.name}"` };
  return plan.isRead ? [view, { name: "above", definition: above, materialized: false }] : [view];
}
