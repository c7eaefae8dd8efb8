/** Columns that number their rows, in the text of a table. */
import { countingKey, isKey, refuseNumbering } from "./column.ts";
import * as edit from "./ddl/edit.ts";
import { removeWord, says, withoutColumns } from "./ddl/edit-constraint.ts";
import type { ColumnText, ConstraintText, TableText } from "./ddl/table.ts";
import { textOf } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { type Draft, findColumn, type Making, rewrite } from "./making.ts";

const word = "AUTOINCREMENT";

/** The draft whose column `name` gives no number twice, or may again. */
export function alterAutoIncrement(making: Making, so: Draft, name: string, on: boolean): Draft {
  const { own, apart } = keysOf(so.table, findColumn(making, so.table, name));
  const key = own ?? apart;
  const is = key !== undefined && says(so.table, key, word);
  if (is === on || (!on && key === undefined)) return so;
  if (!on && key) return rewrite(making, so, removeWord(so.table, key, word));
  if (own) return rewrite(making, so, edit.insertBehind(so.table, own.span, ` ${word}`));
  if (apart) return moveKey(making, so, name, apart);
  const { key: coming } = making;
  if (coming === null || !isKey(name, coming)) return refuseNumbering(making.operation);
  const column = findColumn(making, so.table, name);
  const text = edit.insertClause(so.table, column, countingKey(coming));
  return { ...rewrite(making, so, text), keyInColumn: coming.name };
}

/** AUTOINCREMENT is understood with the column only. */
function moveKey(making: Making, so: Draft, name: string, key: ConstraintText): Draft {
  const text = `${withoutColumns(so.table, key)} ${word}`;
  const without = rewrite(making, so, edit.removeItem(so.table, key.span));
  const column = findColumn(making, without.table, name);
  return rewrite(making, without, edit.insertClause(without.table, column, text));
}

/** The primary key of `column`, with the column or behind all of them. */
function keysOf(table: TableText, column: ColumnText) {
  return {
    own: column.constraints.find(({ kind }) => kind === "primaryKey"),
    apart: table.constraints.find((it) => it.kind === "primaryKey" && isKey(column.name, it)),
  } satisfies Readonly<Record<string, ConstraintText | undefined>>;
}

/** Refuse a draft in which the column `name` is not the rowid. */
export function refuseUnnumbered(making: Making, { table }: Draft, name: string): void {
  const column = table.columns.find((it) => sameName(it.name, name));
  const type = column?.type ? textOf(table, column.type) : "";
  const { own, apart } = column ? keysOf(table, column) : {};
  if (type.toLowerCase() !== "integer" || !(own ?? apart)) refuseNumbering(making.operation);
}
