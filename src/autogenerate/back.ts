/** The way back of a script of which no more is known than what it made of a schema. */
import type { Rules } from "../model/rules.ts";
import { displayName, type Schema, type TableName } from "../model/schema.ts";
import type { AddColumn } from "../operations/kinds/tables.ts";
import { needsValue } from "../operations/needs-value.ts";
import type { Operation, TableChange } from "../operations/operation.ts";
import { keyOf } from "./compare/pair.ts";
import { neutral } from "./neutral.ts";
import { plan } from "./plan.ts";
import { type Rename, spell } from "./renames/rename.ts";
import type { Drafted } from "./render/render.ts";

export interface Effect {
  readonly before: Schema;
  readonly after: Schema;
  /** `new:old`: what is one thing with two names. All else that has another name is another thing. */
  readonly renamed: ReadonlySet<string>;
}

/** What makes `before` of `after`, and what a reader has to know of it. Both are in the words of the database. */
export async function draftBack(
  { before, after, renamed }: Effect,
  rules: Rules,
): Promise<readonly Drafted[]> {
  const told = (rename: Rename) => {
    const { from, to } = spell(rename);
    return renamed.has(`${from}:${to}`);
  };
  const { operations } = await plan(after, before, {
    rules,
    made: () => true,
    told,
    decide: async ({ choices }) => choices.find(told) ?? null,
    desiredFor: async () => before,
  });
  return operations.map((operation) => {
    const filled = withValues(operation, before);
    return { operation: filled, remarks: remarksOn(filled, after) };
  });
}

/** A column that comes back and has to have a value gets one that says nothing. */
function withValues(operation: Operation, { tables, enums }: Schema): Operation {
  if (operation.kind !== "alterTable") return operation;
  const table = tables.find(({ name }) => keyOf(name) === keyOf(operation.table));
  const changes = operation.changes.map((change): TableChange => {
    if (change.kind !== "addColumn" || !needsValue(change)) return change;
    const backfill = neutral(change.column, table, enums);
    return backfill === null ? change : { ...change, backfill };
  });
  return { ...operation, changes };
}

function remarksOn(operation: Operation, after: Schema): readonly string[] {
  switch (operation.kind) {
    case "dropTable":
      return [`LOSES DATA: the rows of ${displayName(operation.table)}`];
    case "createTable":
      return [`${displayName(operation.table.name)} comes back without its rows`];
    case "alterTable":
      return operation.changes.flatMap((change) => remarksOnChange(operation.table, change));
    case "alterEnum": {
      const had =
        after.enums.find(({ name }) => keyOf(name) === keyOf(operation.name))?.values ?? [];
      const gone = had.filter((value) => !operation.values.includes(value));
      return gone.length === 0 ? [] : [`fails where rows hold ${gone.join(" or ")}`];
    }
    default:
      return [];
  }
}

function remarksOnChange(table: TableName, change: TableChange): readonly string[] {
  const column = (name: string) => `${displayName(table)}.${name}`;
  switch (change.kind) {
    case "dropColumn":
      return [`LOSES DATA: the values of ${column(change.name)}`];
    case "addColumn":
      return [comesBack(column(change.column.name), change)];
    case "alterColumn":
      return [
        ...(change.to.type === undefined
          ? []
          : [`fails where a value of ${column(change.name)} does not fit the type that it had`]),
        ...(change.to.notNull ? [`fails where ${column(change.name)} is NULL`] : []),
      ];
    default:
      return [];
  }
}

function comesBack(column: string, change: AddColumn): string {
  const { backfill } = change;
  const end = needsValue(change)
    ? "; fails where there are rows, which all need one of their own"
    : backfill === undefined
      ? ""
      : `: ${backfill.sql} in each row`;
  return `${column} comes back without its values${change.column.generated ? ", which are computed" : end}`;
}
