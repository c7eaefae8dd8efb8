/** What a change would break, found before anything runs. */

import { list } from "../../errors/words.ts";
import { fail } from "../../errors.ts";
import type { Catalogue, Reference, SchemaObject } from "./catalogue.ts";
import { belongings, dependents } from "./catalogue.ts";
import { type ColumnText, type ConstraintText, type TableText, textOf } from "./ddl/table.ts";
import { foldName, mentions, sameName } from "./ddl/tokens.ts";

/** Refuse to drop columns of `table` that its own constraints or the foreign keys of others use. */
export function refuseDrops(
  table: string,
  before: TableText,
  after: TableText,
  references: readonly Reference[],
): void {
  const dropped = before.columns
    .map(({ name }) => name)
    .filter((name) => !after.columns.some((column) => sameName(column.name, name)));
  if (dropped.length === 0) return;
  const others = references.filter(({ child }) => !sameName(child, table));
  const users = [
    ...constraintsUsing(after, dropped),
    ...ownKeysUsing(table, after, dropped),
    ...keysUsing(others, dropped),
  ];
  if (users.length > 0) {
    refuse(
      table,
      `${list(users, "and")} ${users.length === 1 ? "uses" : "use"} what would be dropped`,
    );
  }
}

function constraintsUsing(table: TableText, columns: readonly string[]): string[] {
  const uses = (it: ConstraintText) => columns.some((column) => usesColumn(table, it, column));
  const own = table.constraints.filter(uses).map((it) => `the ${title(table, it)}`);
  const others = table.columns.flatMap((column: ColumnText) =>
    column.constraints
      .filter(uses)
      .map((it) => `the ${title(table, it)} of column "${column.name}"`),
  );
  return [...own, ...others];
}

function usesColumn(table: TableText, it: ConstraintText, column: string): boolean {
  if (it.kind === "check" || it.kind === "generated") {
    return mentions(textOf(table, it.span)).has(foldName(column));
  }
  return it.columns.some((name) => sameName(name, column));
}

function title(table: TableText, it: ConstraintText): string {
  if (it.kind === "generated") return "expression";
  return it.name === null ? `constraint ${textOf(table, it.span)}` : `constraint "${it.name}"`;
}

/** Of the keys that refer to the table itself, those that are still to be there count: what refers is looked at above. */
function ownKeysUsing(table: string, after: TableText, columns: readonly string[]): string[] {
  const all = [...after.constraints, ...after.columns.flatMap(({ constraints }) => constraints)];
  const using = all.filter((it) => {
    if (columns.some((name) => usesColumn(after, it, name))) return false;
    const words = it.kind === "foreignKey" ? mentions(textOf(after, it.span)) : new Set<string>();
    return words.has(foldName(table)) && columns.some((name) => words.has(foldName(name)));
  });
  return using.length > 0 ? [`a foreign key of "${table}"`] : [];
}

function keysUsing(references: readonly Reference[], columns: readonly string[]): string[] {
  const using = references.filter(
    ({ to }) => to !== null && columns.some((name) => sameName(name, to)),
  );
  return [...new Set(using.map(({ child }) => `a foreign key of "${child}"`))];
}

/** Refuse a rebuild beside temporary objects: they are this session's, and DROP TABLE takes them along. */
export function refuseTemporary(catalogue: Catalogue, table: string): void {
  const shadow = catalogue.filter((it) => it.type === "table" && sameName(it.name, table));
  const near = [...shadow, ...belongings(catalogue, table), ...dependents(catalogue, table)];
  const first = near.find(({ temporary }) => temporary);
  if (first) refuse(table, `the temporary ${first.type} "${first.name}" would not survive it`);
}

/** Objects that would not compile any more, each with the engine's words. */
export function refuseBroken(
  table: string,
  broken: readonly { readonly object: SchemaObject; readonly why: string }[],
): void {
  if (broken.length === 0) return;
  const names = broken.map(({ object, why }) => `the ${object.type} "${object.name}" (${why})`);
  refuse(table, `${list(names, "and")} would break`);
}

/** Refuse to rebuild `table`. */
export function refuse(table: string, why: string): never {
  return fail("REBUILD_REFUSED", { table, why });
}
