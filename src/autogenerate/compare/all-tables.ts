/** The tables of a database against those wanted. */
import type { Rules } from "../../model/rules.ts";
import type { Index, ObjectName, Schema, SchemaTable } from "../../model/schema.ts";
import { type Planned, planned } from "../phases.ts";
import { isOf } from "./enums.ts";
import { linksAmong } from "./links.ts";
import { mentions } from "./mentions.ts";
import { keyOf, pair } from "./pair.ts";
import { planTable } from "./plan-table.ts";
import { comparePolicies, isPolicy, type PolicyName } from "./security.ts";
import { type CompareOptions, type Comparison, compareTable } from "./tables.ts";
import { readsOne, type Touched } from "./touched.ts";
import { createTables, dropTables } from "./whole-tables.ts";

export interface TablesOptions extends Pick<CompareOptions, "rules" | "newEnums"> {
  readonly mayGo: (table: SchemaTable) => boolean;
  readonly mayIndexGo: (table: SchemaTable, index: Index) => boolean;
}

export interface TablesDifference {
  readonly plan: readonly Planned[];
  /** Columns that are in use while they change. */
  readonly touched: Touched["columns"];
  readonly dropped: readonly ObjectName[];
  /** The tables that are there while enums change: those that stay, without the columns that go or leave before. */
  readonly staying: readonly SchemaTable[];
  /** The policies, when it is known what they have to make way for. */
  planPolicies(touched: Touched, anew?: readonly PolicyName[]): readonly Planned[];
}

export function compareTables(
  current: Schema,
  desired: Schema,
  options: TablesOptions,
): TablesDifference {
  const { rules, newEnums } = options;
  const { added, removed, kept } = pair(current.tables, desired.tables, ({ name }) => keyOf(name));
  if (added.length + removed.length + newEnums.length === 0 && kept.every(isSettled))
    return { plan: [], touched: [], dropped: [], staying: current.tables, planPolicies: () => [] };
  const comparisons = kept.map(([from, to]) =>
    compareTable(from, to, {
      rules,
      newEnums,
      mayGo: once((index) => options.mayIndexGo(to, index)),
    }),
  );
  const gone = removed.filter(options.mayGo);
  const links = linksAmong(comparisons, rules);
  return {
    plan: [
      ...createTables(added, desired.tables, rules),
      ...comparisons.flatMap((it) => planTable(it, { rules, newEnums, ...links })),
      ...dropTables(gone, rules),
    ],
    touched: touchedBy(comparisons, rules),
    dropped: gone.map(({ name }) => name),
    staying: [
      ...comparisons.map((it) => withoutLeaving(it, newEnums)),
      ...removed.filter((it) => !gone.includes(it)),
    ],
    planPolicies: (touched, anew = []) =>
      comparisons.flatMap((it) => planPolicies(it, touched, anew)),
  };
}

/** What the dialect found to be as it is wanted, it gives as one object. A policy may have to make way all the same. */
function isSettled([from, to]: readonly [SchemaTable, SchemaTable]): boolean {
  return from === to && from.policies.length === 0;
}

function touchedBy(comparisons: readonly Comparison[], { viewsHoldColumns }: Rules) {
  if (!viewsHoldColumns) return [];
  return comparisons
    .map(({ desired: { name }, disturbance }) => ({ table: name, columns: disturbance.touched }))
    .filter(({ columns }) => columns.length > 0);
}

function planPolicies(
  { current, desired, disturbance }: Comparison,
  touched: Touched,
  anew: readonly PolicyName[],
): readonly Planned[] {
  const table = desired.name;
  const { drops, rest } = comparePolicies(
    current,
    desired,
    ({ name, using, withCheck }) =>
      anew.some((it) => isPolicy(it, { table, name })) ||
      [using, withCheck].some(
        (it) => it && (mentions(it.sql, disturbance.touched) || readsOne(it.sql, touched)),
      ),
  );
  return [...planned("drop policies", drops), ...planned("policies", rest)];
}

function withoutLeaving(
  { current, columns }: Comparison,
  newEnums: readonly ObjectName[],
): SchemaTable {
  const retyped = columns.altered.filter(({ to }) => to.type && !isOf(to.type, newEnums));
  const leaving = [...columns.dropped, ...columns.remade, ...retyped].map(({ name }) => name);
  if (leaving.length === 0) return current;
  return { ...current, columns: current.columns.filter(({ name }) => !leaving.includes(name)) };
}

/** The same answer for the same thing: what is asked for is also written down. */
function once<Thing extends object>(ask: (thing: Thing) => boolean): (thing: Thing) => boolean {
  const known = new Map<Thing, boolean>();
  return (thing) => {
    const answer = known.get(thing) ?? ask(thing);
    known.set(thing, answer);
    return answer;
  };
}
