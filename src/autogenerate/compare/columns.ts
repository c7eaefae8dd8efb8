/** The columns of a table against those wanted. What Drizzle cannot declare (collations, comments) stays as it is. */

import type { Rules } from "../../model/rules.ts";
import { type Column, isExpression, type ObjectName } from "../../model/schema.ts";
import type { ColumnAlteration, TableChange } from "../../operations/kinds/tables.ts";
import { isOf } from "./enums.ts";
import { casts, mentions } from "./mentions.ts";
import { pair, same, sameBut } from "./pair.ts";

export type AlterColumn = Extract<TableChange, { kind: "alterColumn" }>;

export interface ColumnChanges {
  readonly added: readonly Column[];
  readonly altered: readonly AlterColumn[];
  readonly dropped: readonly Column[];
  /** Computed columns that cannot be changed where they stand: they are dropped and added again. */
  readonly remade: readonly Column[];
  /** The columns whose type becomes another one, or whose enum is made anew. */
  readonly retyped: readonly string[];
  /** The columns of an enum that is made anew. */
  readonly ofNewEnum: readonly string[];
  /** Other columns, whose defaults speak of such an enum, and are away meanwhile. */
  readonly withoutDefault: readonly string[];
}

/** What Drizzle cannot say of a column. */
const unsaid = new Set<string>(["collation", "comment"] satisfies readonly (keyof Column)[]);

const unchanged: ColumnChanges = {
  added: [],
  altered: [],
  dropped: [],
  remade: [],
  retyped: [],
  ofNewEnum: [],
  withoutDefault: [],
};

export function compareColumns(
  current: readonly Column[],
  desired: readonly Column[],
  rules: Rules,
  newEnums: readonly ObjectName[],
): ColumnChanges {
  const isNewEnum = ({ type }: Column) => isOf(type, newEnums);
  // A table that is as it is wanted is one object on both sides.
  if (current === desired && newEnums.length === 0) return unchanged;
  const { added, removed, kept } = pair(current, desired, (column) => column.name);
  const ofNewEnum = current.filter(isNewEnum).map(({ name }) => name);
  const differs = kept.some(([from, to]) => !sameBut(from, to, unsaid));
  const withoutDefault = kept
    .filter(([from]) => !isNewEnum(from) && hasDefaultOf(from, newEnums))
    .map(([{ name }]) => name);
  const others = [added, removed, ofNewEnum, withoutDefault];
  if (!differs && others.every((list) => list.length === 0)) return unchanged;
  const changesType = kept.filter(([from, to]) => !same(from.type, to.type));
  const retyped = [...changesType.map(([{ name }]) => name), ...ofNewEnum];
  const away = [...retyped, ...removed.map(({ name }) => name)];
  const remade = kept.filter(
    ([from, to]) =>
      isComputedAnew(from, to) ||
      (!rules.tablesChangeWhole && standsInTheWay(from, to, away, newEnums)),
  );
  return {
    added,
    altered: plainFirst(
      kept
        .filter((it) => !remade.includes(it))
        .flatMap(([from, to]) => {
          const now = withoutDefault.includes(from.name) ? plainDefault(from) : from;
          return alterations(now, to, rules);
        }),
    ),
    dropped: removed,
    remade: remade.map(([, to]) => to),
    retyped,
    ofNewEnum,
    withoutDefault,
  };
}

function hasDefaultOf({ default: initial }: Column, enums: readonly ObjectName[]): boolean {
  return isExpression(initial) && casts(initial.sql, enums);
}

function plainDefault({ default: _, ...column }: Column): Column {
  return column;
}

/**
 * PostgreSQL makes no plain column a computed one, and changes an expression from 17 on only. Here as there, what a plain
 * column held is lost. https://www.postgresql.org/docs/current/sql-altertable.html
 */
function isComputedAnew(from: Column, to: Column): boolean {
  return to.generated !== undefined && !same(from.generated, to.generated);
}

/** PostgreSQL changes no type that a computed column reads, drops none that it speaks of, and makes a plain column of none that is computed when read. */
function standsInTheWay(
  from: Column,
  to: Column,
  away: readonly string[],
  newEnums: readonly ObjectName[],
): boolean {
  if (!to.generated) return from.generated?.stored === false;
  const { sql } = to.generated.as;
  const reads = mentions(sql, away) || casts(sql, newEnums);
  return reads || isOf(to.type, newEnums) || !same(from.type, to.type);
}

function alterations(from: Column, to: Column, rules: Rules): readonly AlterColumn[] {
  const change = alteration(from, to, rules);
  if (change === null) return [];
  const { generated, ...rest } = change;
  const apart = generated !== undefined && Object.keys(rest).length > 0 && !rules.tablesChangeWhole;
  return (apart ? [{ generated }, rest] : [change]).map((it) => ({
    kind: "alterColumn",
    name: to.name,
    to: it,
  }));
}

/** What is no longer computed lets go of the columns that it read. */
function plainFirst(changes: readonly AlterColumn[]): readonly AlterColumn[] {
  const isPlain = ({ to }: AlterColumn) => to.generated === null;
  return [...changes.filter(isPlain), ...changes.filter((it) => !isPlain(it))];
}

function alteration(from: Column, to: Column, rules: Rules): ColumnAlteration | null {
  const change: ColumnAlteration = {
    ...typeChange(from, to, rules),
    ...(Boolean(from.notNull) !== Boolean(to.notNull) && { notNull: Boolean(to.notNull) }),
    ...(!same(from.default, to.default) && { default: to.default ?? null }),
    ...(!same(from.identity, to.identity) && { identity: to.identity ?? null }),
    ...(from.generated && !to.generated && { generated: null }),
    ...(Boolean(from.autoIncrement) !== Boolean(to.autoIncrement) && {
      autoIncrement: Boolean(to.autoIncrement),
    }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/**
 * PostgreSQL gives a new type its own collation, so that the column's is said again; and the default, which need not convert
 * to the new type as the rows do.
 */
function typeChange(from: Column, to: Column, rules: Rules): ColumnAlteration {
  if (same(from.type, to.type)) return {};
  const using = rules.using(to.name, from.type, to.type);
  const saysDefault = rules.typeForgetsDefault && to.default !== undefined;
  return {
    type: to.type,
    ...(using !== null && { using }),
    ...(from.collation !== undefined && { collation: from.collation }),
    ...(saysDefault && { default: to.default }),
    // Whatever numbers the column from now on: its own sequence goes.
    ...(isSerial(from) &&
      !isSerial(to) && { default: to.default ?? null, identity: to.identity ?? null }),
  };
}

function isSerial({ type }: Column): boolean {
  return type.kind.endsWith("serial");
}
