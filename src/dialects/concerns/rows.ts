/** The rows of a table as a draft will have left them by then, as far as a query on those that exist can say. */
import type { Column, Schema, TableName } from "../../model/schema.ts";
import { itemNamed } from "../../operations/apply/lists.ts";
import { localName, renamed } from "../../operations/apply/names.ts";
import type { TableChange } from "../../operations/kinds/tables.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Spelling } from "./spelling.ts";

/** What to select from, and what is there to select. */
export interface Source {
  readonly sql: string;
  readonly columns: readonly Column[];
}

export interface Rows {
  /** Null for a table that the draft itself makes, which has no rows. */
  of(table: TableName, schema: Schema): Source | null;
  /** Take in what `operation` does to a database like `before`. */
  after(operation: Operation, before: Schema): void;
}

/** `made` are the tables that the draft makes, be it later. */
export function createRows(spelling: Spelling, made: readonly TableName[]): Rows {
  const sources = new Map<string, Source | null>(made.map((table) => [keyOf(table), null]));
  const of = (table: TableName, schema: Schema): Source | null => {
    const known = sources.get(keyOf(table));
    if (known !== undefined) return known;
    const columns = itemNamed(schema.tables, table)?.columns ?? [];
    return { sql: spelling.table(table), columns };
  };
  return {
    of,
    after(operation, before) {
      if (operation.kind === "renameTable") {
        const { from, to } = operation;
        const source = of(from, before);
        const sql = source && `(SELECT * FROM ${source.sql}) AS ${spelling.quote(to)}`;
        sources.set(keyOf(renamed(from, to)), source && { ...source, sql: sql ?? "" });
      }
      if (operation.kind === "alterTable") {
        const { table, changes } = operation;
        const source = of(table, before);
        const after = (so: Source, it: TableChange) => changedBy(it, so, table, spelling);
        sources.set(keyOf(table), source && changes.reduce(after, source));
      }
    },
  };
}

function keyOf(table: TableName): string {
  return JSON.stringify(table);
}

/** `source`, the rows of `table`, after a change of its columns. */
export function changedBy(
  change: TableChange,
  { sql, columns }: Source,
  table: TableName,
  spelling: Spelling,
): Source {
  const { quote } = spelling;
  const select = (after: readonly Column[], items: readonly string[]): Source => ({
    sql: `(SELECT ${items.join(", ") || "NULL AS nothing"} FROM ${sql}) AS ${quote(localName(table))}`,
    columns: after,
  });
  const own = ({ name }: Column) => quote(name);
  switch (change.kind) {
    case "addColumn": {
      const added = `${firstValue(change, spelling)} AS ${own(change.column)}`;
      return select([...columns, change.column], [...columns.map(own), added]);
    }
    case "dropColumn": {
      const left = columns.filter(({ name }) => name !== change.name);
      return select(left, left.map(own));
    }
    case "renameColumn": {
      const { from, to } = change;
      const isIt = ({ name }: Column) => name === from;
      return select(
        columns.map((it) => (isIt(it) ? { ...it, name: to } : it)),
        columns.map((it) => (isIt(it) ? `${quote(from)} AS ${quote(to)}` : own(it))),
      );
    }
    case "alterColumn": {
      const { name, to } = change;
      const isIt = (it: Column) => it.name === name;
      return select(
        columns.map((it) => (isIt(it) ? { ...it, ...(to.type && { type: to.type }) } : it)),
        columns.map((it) => (isIt(it) ? `${nextValue(it, to, spelling)} AS ${own(it)}` : own(it))),
      );
    }
    default:
      return { sql, columns };
  }
}

/** What rows get in a new column. */
function firstValue(
  { column, backfill }: Extract<TableChange, { kind: "addColumn" }>,
  { value }: Spelling,
): string {
  const { generated, default: initial, identity, autoIncrement, type } = column;
  if (identity || autoIncrement || type.kind.endsWith("serial")) return "row_number() OVER ()";
  const given = backfill ?? generated?.as ?? initial;
  return given === undefined ? "NULL" : value(given);
}

/** What becomes of the values of a column. */
function nextValue(
  { name, type }: Column,
  { type: next, backfill }: Extract<TableChange, { kind: "alterColumn" }>["to"],
  { quote, value, converted }: Spelling,
): string {
  const kept = (next && converted(quote(name), type, next)) ?? quote(name);
  return backfill ? `coalesce(${kept}, ${value(backfill)})` : kept;
}
