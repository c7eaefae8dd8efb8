/**
 * When the changes of a table are carried out. Where an enum is made anew, whatever reads one of its columns is out of the
 * way by then, and columns that are to be of another type have left it, with the values that it will not have. A constraint
 * whose name another table is to have makes way, too.
 */
import type { Rules } from "../../model/rules.ts";
import type { Column, Constraint, ForeignKey, ObjectName, TableName } from "../../model/schema.ts";
import type { ColumnPlace, TableChange } from "../../operations/kinds/tables.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Planned, planned } from "../phases.ts";
import type { AlterColumn } from "./columns.ts";
import { isOf } from "./enums.ts";
import type { Links } from "./links.ts";
import { casts, mentions } from "./mentions.ts";
import { sameName } from "./pair.ts";
import type { Comparison } from "./tables.ts";

export interface TablePlanOptions extends Links {
  readonly rules: Rules;
  readonly newEnums: readonly ObjectName[];
}

export function planTable(it: Comparison, options: TablePlanOptions): readonly Planned[] {
  return [...planChanges(it, options), ...planIndexes(it)];
}

/** The changes of one kind, of which some may go first. */
interface Parts {
  readonly drops: readonly Constraint[];
  readonly computed: readonly Column[];
  readonly altered: readonly AlterColumn[];
  readonly dropped: readonly Column[];
}

function planChanges(it: Comparison, options: TablePlanOptions): readonly Planned[] {
  const { removed, added, kept } = it.constraints;
  // A key that only comes back has the name that it had.
  const again = kept.flatMap(([from]) => (isKey(from) && options.leans(from) ? [from] : []));
  if (again.length + it.columns.withoutDefault.length === 0 && stays(it)) return [];
  const goes = [...removed.filter(isKey), ...again];
  const comes = [...added.filter(isKey), ...again];
  const { early, main } = split(partsOf(it), it, options);
  const table = it.desired.name;
  const { keysApart } = options.rules;
  const isOwn = (key: ForeignKey) => sameName(key.table, table);
  const first = goes.filter((it) => keysApart || (!isOwn(it) && options.leadsToDropped(it)));
  const last = comes.filter((it) => keysApart || (!isOwn(it) && options.leadsToAdded(it)));
  return [
    ...planned("drop foreign keys", alter(table, first.map(drop))),
    ...planned(
      "make way",
      alter(table, [...leaving(early), ...it.columns.withoutDefault.map(unset)]),
    ),
    ...planned(
      "alter tables",
      alter(table, [
        ...goes.filter((key) => !first.includes(key)).map(drop),
        ...mainChanges(main, it, options.rules),
        ...comes.filter((key) => !last.includes(key)).map(add),
      ]),
    ),
    ...planned("add foreign keys", alter(table, last.map(add))),
  ];
}

/** Whether nothing of a table is to change, as of almost all. */
function stays({ columns, constraints }: Comparison): boolean {
  const lists = [columns.added, columns.altered, columns.dropped, columns.remade];
  const others = [constraints.added, constraints.removed, constraints.renamed];
  return [...lists, ...others].every((list) => list.length === 0);
}

export function isKey(constraint: Constraint): constraint is ForeignKey {
  return constraint.kind === "foreignKey";
}

function partsOf({ columns, constraints, current }: Comparison): Parts {
  const wasComputed = ({ name }: Column) =>
    current.columns.find((it) => it.name === name)?.generated !== undefined;
  const going = [...columns.dropped, ...columns.remade];
  return {
    // The primary key goes last, so that it comes first on the way back: SQLite 3.53 renames no column of a key that stands
    // behind a unique of that column.
    drops: constraints.removed.filter((it) => !isKey(it)).toReversed(),
    computed: going.filter(wasComputed),
    altered: columns.altered,
    dropped: going.filter((it) => !wasComputed(it)),
  };
}

function split(
  { drops, computed, altered, dropped }: Parts,
  { columns, current, desired }: Comparison,
  { newEnums, isTaken }: TablePlanOptions,
): { readonly early: Parts; readonly main: Parts } {
  const names = columns.ofNewEnum;
  const speaks = (sql: string, columns: readonly string[]) =>
    mentions(sql, columns) || casts(sql, newEnums);
  const readsOne = ({ name }: Column) => {
    const { generated } = current.columns.find((it) => it.name === name) ?? {};
    return names.includes(name) || (generated !== undefined && speaks(generated.as.sql, names));
  };
  const leavesOne = ({ name, to }: AlterColumn) =>
    to.generated === null
      ? names.length > 0
      : names.includes(name) && to.type !== undefined && !isOf(to.type, newEnums);
  const leaving = [...[...computed, ...dropped].filter(readsOne), ...altered.filter(leavesOne)];
  const away = [...names, ...leaving.map(({ name }) => name)];
  const standsOnOne = (it: Constraint) =>
    it.kind === "check"
      ? speaks(it.expression.sql, away)
      : it.columns.some((name) => away.includes(name));
  const goesEarly = (it: Constraint) =>
    standsOnOne(it) || (it.kind !== "check" && isTaken(desired.name, it.name));
  const part = (early: boolean): Parts => ({
    drops: drops.filter((it) => goesEarly(it) === early),
    computed: computed.filter((it) => readsOne(it) === early),
    altered: altered.filter((it) => leavesOne(it) === early),
    dropped: dropped.filter((it) => readsOne(it) === early),
  });
  return { early: part(true), main: part(false) };
}

function leaving({ drops, computed, altered, dropped }: Parts): readonly TableChange[] {
  return [...drops.map(drop), ...computed.map(dropColumn), ...altered, ...dropped.map(dropColumn)];
}

/** A computed column goes before the columns that it reads are changed, and comes when they are there. */
function mainChanges(
  { drops, computed, altered, dropped }: Parts,
  { columns, constraints, current }: Comparison,
  { tablesChangeWhole }: Rules,
): readonly TableChange[] {
  const plain = columns.added.filter((it) => it.generated === undefined);
  const placed = [...columns.remade.filter((it) => it.generated === undefined), ...plain];
  const last = [...columns.remade, ...columns.added].filter((it) => it.generated !== undefined);
  const again = new Set(columns.remade.map(({ name }) => name));
  const stay = (name: string) =>
    !again.has(name) && !columns.dropped.some((it) => it.name === name);
  const adding = (column: Column): TableChange => {
    const place = tablesChangeWhole && again.has(column.name);
    return { kind: "addColumn", column, ...(place && placeOf(column, current.columns, stay)) };
  };
  return [
    ...drops.map(drop),
    ...computed.map(dropColumn),
    ...constraints.renamed.map((it) => ({ kind: "renameConstraint", ...it }) as const),
    ...placed.map(adding),
    ...altered,
    ...dropped.map(dropColumn),
    ...last.map(adding),
    ...constraints.added.filter((it) => !isKey(it)).map(add),
  ];
}

/** Where the column was, behind the nearest one that stays. */
function placeOf(
  { name }: Column,
  columns: readonly Column[],
  stays: (name: string) => boolean,
): { readonly place?: ColumnPlace } {
  const at = columns.findIndex((it) => it.name === name);
  const before = columns.slice(0, at).findLast((it) => stays(it.name));
  if (before !== undefined) return { place: { after: before.name } };
  const after = columns.slice(at + 1).find((it) => stays(it.name));
  return after === undefined ? {} : { place: { before: after.name } };
}

function drop({ name }: Constraint): TableChange {
  return { kind: "dropConstraint", name };
}

function add(constraint: Constraint): TableChange {
  return { kind: "addConstraint", constraint };
}

function unset(name: string): TableChange {
  return { kind: "alterColumn", name, to: { default: null } };
}

function dropColumn({ name }: Column): TableChange {
  return { kind: "dropColumn", name };
}

export function alter(table: TableName, changes: readonly TableChange[]): readonly Operation[] {
  return changes.length === 0 ? [] : [{ kind: "alterTable", table, changes }];
}

function planIndexes({ desired: { name: table }, indexes }: Comparison): readonly Planned[] {
  return [
    ...planned(
      "drop indexes",
      indexes.removed.map(({ name }) => dropIndex(table, name)),
    ),
    ...planned(
      "drop indexes",
      indexes.renamed.map((it) => ({ kind: "renameIndex", table, ...it }) as const),
    ),
    ...planned(
      "create indexes",
      indexes.added.map((index) => createIndex(table, index)),
    ),
  ];
}

function dropIndex(table: TableName, name: string): Operation {
  return { kind: "dropIndex", table, name, concurrently: false, ifExists: false };
}

export function createIndex(
  table: TableName,
  index: Extract<Operation, { kind: "createIndex" }>["index"],
): Operation {
  const options = { concurrently: false, ifNotExists: false, only: false };
  return { kind: "createIndex", table, index, ...options };
}
