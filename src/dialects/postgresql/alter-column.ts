/** Adding a column and changing one: definitions, and the values of the rows that are there. */
import { fail } from "../../errors.ts";
import { type Column, displayName, type Expression, type TableName } from "../../model/schema.ts";
import type { AddColumn } from "../../operations/kinds/tables.ts";
import type { ColumnAlteration } from "../../operations/operation.ts";
import { comments } from "./comments.ts";
import { columnText } from "./define.ts";
import { setIdentity } from "./identity.ts";
import { stored } from "./normalise-table.ts";
import { leaveSequence, mayLeaveSequence, ownSequence } from "./serial.ts";
import { typeText } from "./types.ts";
import { qualified, quote, table, value, words } from "./write.ts";

export function addColumn(on: TableName, { column, backfill }: AddColumn): readonly string[] {
  const { notNull, default: initial, identity, comment, ...bare } = column;
  const add = (text: string) => `ALTER TABLE ${table(on)} ADD COLUMN ${text}`;
  if (backfill === undefined) {
    return [
      add(columnText(on, column)),
      ...comments([{ table: on, column: column.name }, comment]),
    ];
  }
  refuseBackfill(on, column);
  // A default that comes with the column is what rows would get, and NOT NULL has to wait until they have their values.
  const rest = {
    backfill,
    ...(initial !== undefined && { default: initial }),
    ...((notNull || identity) && { notNull: true }),
    ...(identity && { identity }),
    ...(comment !== undefined && { comment }),
  };
  return [add(columnText(on, bare)), ...alterColumn(on, column.name, rest)];
}

/** What is allowed comes first and what is demanded last: the new values may be what needs or satisfies it. */
export function alterColumn(on: TableName, name: string, to: ColumnAlteration): readonly string[] {
  refuse(on, name, to);
  const alter = (action: string) => alterText(on, name, action);
  return [
    ...allowances(to).map(alter),
    ...(to.type ? retype(on, name, to) : defaultActions(to).map(alter)),
    ...(mayLeaveSequence(to) ? [leaveSequence(on, name)] : []),
    ...newValues(on, name, to),
    ...(to.notNull === true ? [alter("SET NOT NULL")] : []),
    ...(to.type?.kind.endsWith("serial") ? [ownSequence(on, name, to.type)] : []),
    ...(to.identity ? [setIdentity(on, name, to.identity)] : []),
    ...(to.generated ? [alter(`SET EXPRESSION AS (${to.generated.as.sql})`)] : []),
    ...comments([{ table: on, column: name }, to.comment]),
  ];
}

/**
 * The statement that makes new values of the old ones, so that to say it twice would convert what is converted; null where
 * there is none.
 */
export function conversion(on: TableName, name: string, to: ColumnAlteration): string | null {
  if (to.using === undefined) return null;
  return to.type ? alterText(on, name, typeAction(to)) : update(on, name, to.using);
}

function alterText(on: TableName, name: string, action: string): string {
  return `ALTER TABLE ${table(on)} ALTER COLUMN ${quote(name)} ${action}`;
}

/** Rows have values before the backfill could give them any, and it would do nothing without a word. */
function refuseBackfill(on: TableName, { name, type, generated }: Column): void {
  const operation = `addColumn ${displayName(on)}.${name}`;
  if (generated) {
    fail("OPERATION_INVALID", { operation, why: "a column that is computed takes no backfill" });
  }
  if (type.kind.endsWith("serial")) {
    const why = `${type.kind} numbers the rows that exist; leave out the backfill, or take an \`identity\``;
    fail("OPERATION_INVALID", { operation, why });
  }
}

function refuse(on: TableName, name: string, { type, collation }: ColumnAlteration): void {
  const operation = `alterColumn ${displayName(on)}.${name}`;
  if (collation !== undefined && type === undefined) {
    const why = "PostgreSQL changes a collation only along with the type; give the `type` too";
    fail("OPERATION_INVALID", { operation, why });
  }
}

function allowances(to: ColumnAlteration): readonly string[] {
  return [
    ...(to.identity === null ? ["DROP IDENTITY IF EXISTS"] : []),
    ...(to.generated === null ? ["DROP EXPRESSION IF EXISTS"] : []),
    ...(to.notNull === false ? ["DROP NOT NULL"] : []),
  ];
}

/** The old default may not convert to the new type, nor the new one to the old. So it goes before, and comes after. */
function retype(on: TableName, name: string, to: ColumnAlteration): readonly string[] {
  const actions =
    to.default === undefined
      ? [typeAction(to)]
      : ["DROP DEFAULT", typeAction(to), ...(to.default === null ? [] : defaultActions(to))];
  return actions.map((action) => alterText(on, name, action));
}

function typeAction({ type, collation, using }: ColumnAlteration): string {
  return words(
    type && `TYPE ${typeText(stored(type))}`,
    collation ? `COLLATE ${qualified(collation)}` : undefined,
    using && `USING ${using.sql}`,
  );
}

function defaultActions({ default: initial }: ColumnAlteration): string[] {
  if (initial === undefined) return [];
  return [initial === null ? "DROP DEFAULT" : `SET DEFAULT ${value(initial)}`];
}

/** New values without a new type, then those of the rows that have none. */
function newValues(on: TableName, name: string, to: ColumnAlteration): readonly string[] {
  const updates = [
    ...(to.using && !to.type ? [update(on, name, to.using)] : []),
    ...(to.backfill ? [`${update(on, name, to.backfill)} WHERE ${quote(name)} IS NULL`] : []),
  ];
  // A deferred foreign key has yet to check the rows, and PostgreSQL alters no table with checks to come (55006).
  return updates.length > 0 ? [...updates, "SET CONSTRAINTS ALL IMMEDIATE"] : [];
}

function update(on: TableName, name: string, to: Expression): string {
  return `UPDATE ${table(on)} SET ${quote(name)} = (${to.sql})`;
}
