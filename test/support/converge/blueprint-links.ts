/** What of a blueprint speaks of other tables: foreign keys and views. */
import { sameName } from "../../../src/operations/apply/names.ts";
import type { Chance } from "../arbitrary-chance.ts";
import {
  type Blueprint,
  localOf,
  makeCheck,
  type ReferencePlan,
  type TablePlan,
  type ViewPlan,
} from "./blueprint.ts";

/** Columns of any type: what does not fit is left out when the schema is made. */
export function makeReferences(
  chance: Chance,
  { tables }: Blueprint,
  table: TablePlan,
): readonly ReferencePlan[] {
  const pairs = tables.flatMap((to) =>
    [to.key, ...to.uniques].flatMap((key) => {
      const [column, second] = key?.columns ?? [];
      const target = to.columns.find((it) => it.name === column);
      if (target === undefined || second !== undefined) return [];
      return table.columns
        .filter((it) => it.type.kind === target.type.kind && it.from === null)
        .filter((it) => it !== target || !sameName(to.name, table.name))
        .map((it) => ({ from: it.name, to: to.name }));
    }),
  );
  if (pairs.length === 0) return [];
  return chance.some(pairs, 0, 2).map(({ from, to }) => ({
    columns: [from],
    table: to,
    name: chance.upTo(3) === 0 ? `${localOf(table.name)}_${from}_to_${localOf(to)}` : null,
    onDelete: chance.one(["cascade", "set null", null] as const),
  }));
}

export function makeView(chance: Chance, { dialect, tables }: Blueprint, name: string): ViewPlan {
  const table = chance.one(tables);
  return {
    name,
    table: table.name,
    columns: chance.some(
      table.columns.map((it) => it.name),
      1,
      3,
    ),
    where: chance.maybe() ? makeCheck(chance, table, "") : null,
    materialized: dialect === "postgresql" && chance.upTo(2) === 0,
    isRead: chance.maybe(),
  };
}
