/** Parts of a wanted table: what a blueprint says of its columns, as far as they are there. */
import type { ColumnType } from "../../../src/model/column-type.ts";
import type { Index } from "../../../src/model/schema.ts";
import {
  type Blueprint,
  type IndexPlan,
  type KeyPlan,
  localOf,
  type TablePlan,
} from "./blueprint.ts";
import { computedType, conditionSql, type Typed, typed } from "./types.ts";

export interface Context {
  readonly blueprint: Blueprint;
  readonly table: TablePlan;
}

export function typeOf({ blueprint, table }: Context, column: string): Typed | undefined {
  const found = table.columns.find((it) => it.name === column);
  if (found?.from != null) return computedType;
  return found && typed(found.type, blueprint.dialect, blueprint.enums);
}

/** The columns of `plan` that are there and may be in a key; null without any. */
export function columnsOf({ table }: Context, { columns }: KeyPlan): readonly string[] | null {
  const fit = columns.filter((name) => {
    const column = table.columns.find((it) => it.name === name);
    return column && column.from === null && !isFew(column.type);
  });
  return fit.length > 0 ? fit : null;
}

/** Types of too few values for a key, or without an order. */
function isFew(type: ColumnType): boolean {
  return ["json", "boolean", "enum", "array"].includes(type.kind);
}

export function named(given: string | null, derived: string) {
  return given === null ? { name: derived, derivedName: true } : { name: given };
}

export function indexesOf(context: Context, uniques: readonly { readonly name: string }[]) {
  const names = new Set(uniques.map(({ name }) => name));
  return context.table.indexes.flatMap((plan) => {
    const index = indexOf(context, plan);
    if (index === null || names.has(index.name)) return [];
    names.add(index.name);
    return [index];
  });
}

function indexable({ table }: Context, { columns }: KeyPlan): readonly string[] | null {
  const fit = columns.filter((name) => {
    const type = table.columns.find((it) => it.name === name)?.type.kind;
    return type !== undefined && type !== "json";
  });
  return fit.length > 0 ? fit : null;
}

function indexOf(context: Context, plan: IndexPlan): Index | null {
  const { table, blueprint } = context;
  const columns = plan.unique ? columnsOf(context, plan) : indexable(context, plan);
  if (columns === null) return null;
  const derived = `${localOf(table.name)}_${columns.join("_")}_index`;
  const type = plan.where && typeOf(context, plan.where.column);
  const predicate =
    plan.where && type ? conditionSql(plan.where.condition, plan.where.column, type) : null;
  const sorted = (of: Index["columns"][number]["of"]) => ({
    of,
    ...(plan.descends && { order: "desc" as const }),
  });
  const expression = (column: string) =>
    blueprint.dialect === "sqlite"
      ? { sql: `lower("${column}")` }
      : { sql: `("${column}" IS NULL)` };
  return {
    ...named(plan.name, derived),
    columns: plan.expression
      ? [sorted(expression(columns[0] ?? ""))]
      : columns.map((it) => sorted(it)),
    ...(plan.unique && !plan.expression && { unique: true }),
    ...(predicate !== null && { where: { sql: predicate } }),
  };
}
