/** Indexes from the catalogue. */
import type { Index, IndexColumn, ObjectName } from "../../../model/schema.ts";
import { withoutParentheses } from "../expression.ts";
import { collationName, isSame } from "./columns.ts";
import type { CommentOf } from "./comments.ts";
import { type ColumnNames, named, numbers } from "./constraints.ts";
import { byName, grouped, type Names } from "./names.ts";
import { parametersOf } from "./parameters.ts";
import type { Catalogue } from "./read.ts";
import type { ColumnRow, IndexRow } from "./table-questions.ts";

interface IndexSource {
  readonly operatorClasses: ReadonlyMap<number, string>;
  readonly commentOf: CommentOf;
  readonly names: Names;
}

/** What an index looks up in its table. */
interface IndexedTable {
  readonly columns: ColumnNames;
  readonly rows: ReadonlyMap<number, ColumnRow>;
}

/** The indexes that no constraint made, by the number of their table or materialized view. */
export function indexSource(
  catalogue: Catalogue,
  commentOf: CommentOf,
  names: Names,
): (of: number) => readonly Index[] {
  const rows = grouped(freeIndexes(catalogue));
  const columns = grouped(catalogue.columns);
  const operatorClasses = new Map(catalogue.operatorClasses.map(({ id, name }) => [id, name]));
  const source = { operatorClasses, commentOf, names };
  return (of) => {
    const own = rows.get(of) ?? [];
    if (own.length === 0) return [];
    const all = columns.get(of) ?? [];
    const table = {
      columns: new Map(all.map((it) => [it.number, it.name])),
      rows: new Map(all.map((it) => [it.number, it])),
    };
    return own.map((row) => indexOf(row, table, source)).sort(byName);
  };
}

function freeIndexes({ indexes, constraints }: Catalogue): Catalogue["indexes"] {
  const taken = new Set(constraints.filter(({ kind }) => kind !== "f").map(({ index }) => index));
  return indexes.filter(({ id }) => !taken.has(id));
}

function indexOf(row: IndexRow, table: IndexedTable, source: IndexSource): Index {
  const keys = numbers(row.keys);
  const include = keys.slice(row.width);
  return {
    name: row.name,
    columns: keys.slice(0, row.width).map((_, at) => keyOf(row, at, table, source)),
    ...(row.unique && { unique: true }),
    ...(row.where !== null && { where: { sql: withoutParentheses(row.where) } }),
    ...(row.method !== "btree" && { method: row.method }),
    ...(include.length > 0 && { include: named(include, table.columns) }),
    ...(row.nullsNotDistinct && { nullsNotDistinct: true }),
    ...parametersOf(row.parameters),
    ...source.commentOf("pg_class", row.id),
  };
}

function keyOf(
  row: IndexRow,
  at: number,
  table: IndexedTable,
  { operatorClasses, names }: IndexSource,
): IndexColumn {
  const key = numbers(row.keys)[at] ?? 0;
  const operatorClass = operatorClasses.get(numbers(row.classes)[at] ?? 0);
  const collation = collationOf(row, at, table.rows.get(key), names);
  return {
    of:
      key === 0
        ? { sql: withoutParentheses(row.expressions?.[at] ?? "") }
        : (table.columns.get(key) ?? ""),
    ...orderOf(numbers(row.options)[at] ?? 0),
    ...(operatorClass !== undefined && { operatorClass }),
    ...(collation !== null && { collation }),
  };
}

/** Bits of pg_index.indoption; NULLs are the greatest unless told. */
function orderOf(bits: number): Pick<IndexColumn, "order" | "nulls"> {
  const descends = (bits & 1) !== 0;
  const nullsFirst = (bits & 2) !== 0;
  return {
    ...(descends && { order: "desc" }),
    ...(nullsFirst !== descends && { nulls: nullsFirst ? "first" : "last" }),
  };
}

/** The collation that was asked for, not the one that the column or the expression has anyway. */
function collationOf(
  row: IndexRow,
  at: number,
  column: ColumnRow | undefined,
  names: Names,
): ObjectName | null {
  const name = collationName(row.collations?.[at] ?? null, names);
  if (name === null) return null;
  if (column) return isSame(name, collationName(column.collation, names)) ? null : name;
  return row.statement?.includes(`${row.expressions?.[at]} COLLATE `) ? name : null;
}
