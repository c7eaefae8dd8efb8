/** A database at a moment of its history: its schema, and its rows. */
import { keyOf, same } from "../../autogenerate/compare/pair.ts";
import { diff } from "../../autogenerate/diff.ts";
import type { Connection } from "../../dialects/dialect.ts";
import type { Note } from "../../dialects/reflection.ts";
import { rowsOf } from "../../dialects/rows.ts";
import type { Row } from "../../dialects/statement.ts";
import { displayName, type Schema, type SchemaTable } from "../../model/schema.ts";
import { describe } from "../../operations/describe.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Trial, TrialOptions } from "./trial.ts";

export interface Moment {
  readonly schema: Schema;
  /** What a schema cannot say: "users.log is a trigger". */
  readonly others: readonly string[];
  /** By the key of their table. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
}

export async function look({ options, connection }: Trial): Promise<Moment> {
  const { dialect, scope } = options;
  const { schema, notes } = await dialect.reflect(connection, scope);
  const rows = new Map<string, readonly Row[]>();
  for (const { name } of schema.tables)
    rows.set(keyOf(name), await rowsOf(dialect, connection, name));
  return { schema, others: linesOf(notes), rows };
}

export function linesOf(notes: readonly Note[]): readonly string[] {
  return notes.map(({ object, what }) => `${object} ${what}`);
}

/** What `found`, the database of now, has otherwise than `expected`, a line each; rows aside. */
export async function otherwise(
  { options, connection }: Trial,
  expected: Moment,
  found: Moment,
): Promise<readonly string[]> {
  const place = { ...options, connection };
  const operations = await differencesIn(place, expected.schema, found.schema);
  return [...operations.map(describe), ...comeAndGone(expected.others, found.others)];
}

/** Where schemas are compared: a database that looks like the one that was found. */
interface Place extends Pick<TrialOptions, "dialect" | "scope"> {
  readonly connection: Connection;
}

/** A check that a database is given in its own words may come out in others, and say the same. */
export async function differencesIn(
  { dialect, scope, connection }: Place,
  expected: Schema,
  found: Schema,
): Promise<readonly Operation[]> {
  const between = (schema: Schema) =>
    diff(schema, found, { rules: dialect.rules, made: () => true }).operations;
  if (between(expected).length === 0) return [];
  return between((await dialect.normalise(connection, found, expected, scope)).schema);
}

/** The lines that only one of both has. */
export function comeAndGone(
  expected: readonly string[],
  found: readonly string[],
): readonly string[] {
  return [
    ...expected.filter((it) => !found.includes(it)).map((it) => `- ${it}`),
    ...found.filter((it) => !expected.includes(it)).map((it) => `+ ${it}`),
  ];
}

/**
 * What became of the rows of `before` in `after`, a line for each table that misses some. Compared are the tables and
 * columns that each of the moments has, those `between` too. With `countOnly` values may have changed.
 */
export function lostRows(
  before: Moment,
  after: Moment,
  { between = after, countOnly }: { readonly between?: Moment; readonly countOnly: boolean },
): readonly string[] {
  return before.schema.tables.flatMap((table) => {
    const found = [between, after].map(({ schema }) => tableLike(schema, table));
    if (found.includes(undefined)) return [];
    const had = rowsIn(before, table);
    const has = rowsIn(after, table);
    if (countOnly && rowsIn(between, table).length < had.length) return [];
    const columns = countOnly ? [] : commonColumns([table, ...(found as SchemaTable[])]);
    const lost = missing(had, has, columns);
    const name = displayName(table.name);
    return lost === 0
      ? []
      : [`${lost} of ${had.length} rows of ${name} ${countOnly ? "gone" : "gone or changed"}`];
  });
}

function rowsIn({ rows }: Moment, { name }: SchemaTable): readonly Row[] {
  return rows.get(keyOf(name)) ?? [];
}

function tableLike({ tables }: Schema, { name }: SchemaTable): SchemaTable | undefined {
  return tables.find((it) => keyOf(it.name) === keyOf(name));
}

/** The columns that each of the tables has with the same type. What is computed is no row's own. */
function commonColumns([first, ...others]: readonly SchemaTable[]): readonly string[] {
  const fits = ({ columns }: SchemaTable, name: string, type: unknown) =>
    columns.some((it) => it.name === name && it.generated === undefined && same(it.type, type));
  return (first?.columns ?? [])
    .filter(({ name, type }) => [first, ...others].every((it) => it && fits(it, name, type)))
    .map(({ name }) => name);
}

/** How many of `had` have no equal in `has`, by these columns. */
function missing(had: readonly Row[], has: readonly Row[], columns: readonly string[]): number {
  const left = new Map<string, number>();
  for (const row of has) {
    const text = textOf(row, columns);
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return had.filter((row) => {
    const text = textOf(row, columns);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  }).length;
}

function textOf(row: Row, columns: readonly string[]): string {
  const values = columns.map((name) => row[name]);
  return JSON.stringify(values, (_, it) => (typeof it === "bigint" ? `${it}n` : it));
}
