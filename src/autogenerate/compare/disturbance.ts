/**
 * What a change of columns is in the way of. PostgreSQL changes no type that a policy, a view or a computed column reads; a
 * check, an index or a key that is to mean something else for the new type has to be said anew; and what stands on a column
 * that goes, goes with it.
 */
import type { Rules } from "../../model/rules.ts";
import type { Constraint, Expression, Index, ObjectName } from "../../model/schema.ts";
import type { ColumnChanges } from "./columns.ts";
import { casts, mentions } from "./mentions.ts";

export interface Disturbance {
  /** Columns that go away, for good or for a moment, or whose type changes. */
  readonly touched: readonly string[];
  /** The same without those that go for good. */
  readonly altered: readonly string[];
  readonly remade: readonly string[];
  /** Enums that are made anew: what speaks of their values goes before. */
  readonly enums: readonly ObjectName[];
}

export function disturbanceOf(
  { dropped, remade, retyped, altered: changes }: ColumnChanges,
  enums: readonly ObjectName[],
  { tablesChangeWhole }: Rules,
): Disturbance {
  // What is no longer computed is made anew on the way back.
  const plain = changes.filter(({ to }) => to.generated === null);
  const again = [...remade, ...plain].map(({ name }) => name);
  const altered = [...new Set([...(tablesChangeWhole ? [] : retyped), ...again])];
  return {
    touched: [...altered, ...dropped.map(({ name }) => name)],
    altered,
    remade: again,
    enums,
  };
}

/** Whether `constraint` has to go before the change, and come back after it. */
export function disturbs(it: Disturbance, constraint: Constraint): boolean {
  if (constraint.kind === "check") return isRead(it, constraint.expression);
  // A unique or primary key goes along with a column's type by itself.
  const names = constraint.kind === "foreignKey" ? it.altered : it.remade;
  return constraint.columns.some((column) => names.includes(column));
}

export function disturbsIndex(it: Disturbance, { columns, where, include = [] }: Index): boolean {
  if (where && isRead(it, where)) return true;
  if (include.some((name) => it.remade.includes(name))) return true;
  return columns.some(({ of, operatorClass }) => {
    if (typeof of !== "string") return isRead(it, of);
    return (operatorClass === undefined ? it.remade : it.altered).includes(of);
  });
}

function isRead({ altered, enums }: Disturbance, { sql }: Expression): boolean {
  return mentions(sql, altered) || casts(sql, enums);
}
