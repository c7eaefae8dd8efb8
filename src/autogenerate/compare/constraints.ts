/**
 * The constraints of a table against those wanted. One whose name somebody chose is found by it; a derived name says nothing,
 * as every version of Drizzle derives others and SQLite often has none: there what it demands decides.
 */
import type { Constraint } from "../../model/schema.ts";
import { first, keyOf, same, sameBut } from "./pair.ts";

export interface ConstraintChanges {
  readonly added: readonly Constraint[];
  readonly removed: readonly Constraint[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly kept: readonly (readonly [current: Constraint, desired: Constraint])[];
}

/** Those for which `again` holds are dropped and added, though they stay as they are. */
export function compareConstraints(
  current: readonly Constraint[],
  desired: readonly Constraint[],
  again: (constraint: Constraint) => boolean,
): ConstraintChanges {
  if (current === desired && !current.some(again)) {
    return { added: [], removed: [], renamed: [], kept: current.map((it) => [it, it]) };
  }
  const pairs = match(current, desired);
  const partner = new Map(pairs.map(([from, to]) => [to, from]));
  const found = new Set(partner.values());
  const lasting = pairs.filter(([from, to]) => demandsSame(from, to));
  const stays = new Set(lasting);
  const changed = pairs.filter((it) => !stays.has(it));
  const anew = lasting.filter(([from, to]) => again(from) || again(to));
  const kept = lasting.filter((it) => !anew.includes(it));
  return {
    added: [
      ...desired.filter((it) => !partner.has(it)),
      ...changed.map(([from, to]) => carry(from, to)),
      ...anew.map(([from, to]) => carry(from, underName(from, to))),
    ],
    removed: [
      ...current.filter((it) => !found.has(it)),
      ...[...changed, ...anew].map(([from]) => from),
    ],
    renamed: kept
      .filter(([from, to]) => namesMatter(from, to) && from.name !== to.name)
      .map(([from, to]) => ({ from: from.name, to: to.name })),
    kept,
  };
}

/** Pairs by name first, then by what is demanded; each constraint once. */
function match(
  current: readonly Constraint[],
  desired: readonly Constraint[],
): readonly (readonly [Constraint, Constraint])[] {
  const free = new Set(current);
  const open = new Set(desired);
  const pairs: [Constraint, Constraint][] = [];
  const take = (fits: (from: Constraint, to: Constraint) => boolean) => {
    for (const to of open) {
      const from = first(free, (it) => it.kind === to.kind && fits(it, to));
      if (from === undefined) continue;
      free.delete(from);
      open.delete(to);
      pairs.push([from, to]);
    }
  };
  take((from, to) => from.name === to.name && demandsSame(from, to));
  take((from, to) => from.name === to.name && namesMatter(from, to));
  take(demandsSame);
  take((from, to) => from.kind === "primaryKey" && to.kind === "primaryKey");
  return pairs;
}

/** What is only made again keeps the name that it has, where the schema gives it none. */
function underName(from: Constraint, to: Constraint): Constraint {
  return namesMatter(from, to) ? to : { ...to, name: from.name };
}

function namesMatter(from: Constraint, to: Constraint): boolean {
  return !from.derivedName && !to.derivedName;
}

/** Whether both demand the same of the rows, as far as Drizzle can say. */
export function demandsSame(from: Constraint, to: Constraint): boolean {
  if (from.kind !== to.kind) return false;
  return sameBut(from, to, unsaid) || same(demand(from), demand(to));
}

/** What makes no difference to the rows, or is not Drizzle's to say. */
const unsaid = new Set<string>(["name", "derivedName", "comment", "deferrable", "notValid"]);

function demand(it: Constraint): unknown {
  switch (it.kind) {
    case "primaryKey":
      return it.columns;
    case "unique":
      return [it.columns, Boolean(it.nullsNotDistinct)];
    case "check":
      return it.expression;
    case "foreignKey": {
      const ends = it.columns.map((column, at) => [column, it.references[at] ?? ""].join("\0"));
      const actions = [it.onDelete ?? "no action", it.onUpdate ?? "no action"];
      return [keyOf(it.table), ends.sort(), actions];
    }
  }
}

/** `to`, with what Drizzle cannot say of `from`. */
function carry(from: Constraint, to: Constraint): Constraint {
  const { comment } = from;
  const kept = { ...(comment !== undefined && { comment }) };
  if (from.kind === "check" || to.kind === "check") return { ...kept, ...to };
  const { deferrable } = from;
  return { ...kept, ...(deferrable !== undefined && { deferrable }), ...to };
}
