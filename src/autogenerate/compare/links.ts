/** What the foreign keys of one table have to know of the others. */
import type { Rules } from "../../model/rules.ts";
import type { Column, Constraint, ForeignKey, TableName } from "../../model/schema.ts";
import { schemaOf } from "../../operations/apply/names.ts";
import { keyOf, sameName } from "./pair.ts";
import type { Comparison } from "./tables.ts";

export interface Links {
  /** Whether a key that stays has to go for a moment, as what it refers to does. */
  readonly leans: (key: ForeignKey) => boolean;
  /** Whether what a key that goes refers to is dropped. */
  readonly leadsToDropped: (key: ForeignKey) => boolean;
  /** Whether what a key that comes refers to is only now added. */
  readonly leadsToAdded: (key: ForeignKey) => boolean;
  /** Whether another table gets a constraint of the name: those with an index are named within a schema. */
  readonly isTaken: (table: TableName, name: string) => boolean;
}

export function linksAmong(comparisons: readonly Comparison[], rules: Rules): Links {
  const byName = new Map(comparisons.map((it) => [keyOf(it.desired.name), it]));
  const columnsOf = ({ table }: ForeignKey) => byName.get(keyOf(table))?.columns;
  const lost = new Map<Comparison, ReadonlySet<string>>();
  const lostBy = (it: Comparison) => {
    const known = lost.get(it) ?? lostKeys(it);
    lost.set(it, known);
    return known;
  };
  return {
    leans(key) {
      const to = byName.get(keyOf(key.table));
      if (rules.tablesChangeWhole || to === undefined) return false;
      const changes = key.references.some((name) => to.disturbance.altered.includes(name));
      return changes || lostBy(to).has(setOf(key.references));
    },
    leadsToDropped: (key) => isAmong(key, columnsOf(key)?.dropped),
    leadsToAdded: (key) =>
      isAmong(key, columnsOf(key)?.added) || isAmong(key, columnsOf(key)?.remade),
    isTaken: takenAmong(comparisons, rules),
  };
}

function takenAmong(comparisons: readonly Comparison[], rules: Rules): Links["isTaken"] {
  if (rules.tablesChangeWhole) return () => false;
  const takers = new Map(
    comparisons.flatMap(({ desired: { name: table }, constraints: { added, renamed } }) =>
      [...added.map(({ name }) => name), ...renamed.map(({ to }) => to)].map(
        (name) => [placeOf(table, name), table] as const,
      ),
    ),
  );
  return (table, name) => {
    const taker = takers.get(placeOf(table, name));
    return taker !== undefined && !sameName(taker, table);
  };
}

function placeOf(table: TableName, name: string): string {
  return JSON.stringify([schemaOf(table) ?? null, name]);
}

function isAmong({ references }: ForeignKey, columns: readonly Column[] = []): boolean {
  return columns.some(({ name }) => references.includes(name));
}

/** The sets of columns that foreign keys may refer to, of constraints and indexes that go. */
function lostKeys({ constraints, indexes }: Comparison): ReadonlySet<string> {
  const unique = indexes.removed.filter((it) => it.unique);
  return new Set([
    ...constraints.removed.flatMap(keyColumns),
    ...unique.map(({ columns }) => setOf(columns.map(({ of }) => String(of)))),
  ]);
}

function keyColumns(it: Constraint): readonly string[] {
  return it.kind === "primaryKey" || it.kind === "unique" ? [setOf(it.columns)] : [];
}

function setOf(columns: readonly string[]): string {
  return JSON.stringify([...columns].sort());
}
