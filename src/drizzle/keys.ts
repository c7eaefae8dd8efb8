/** Primary keys, uniques and checks. */
import type { Check, PrimaryKey, Unique } from "../model/schema.ts";
import { uniqueName } from "./names.ts";
import type { DrizzleColumn, DrizzleKey, DrizzleUnique } from "./orm.ts";
import { invalid } from "./place.ts";
import type { Reading, TableSource } from "./reading.ts";

/** The primary key, if there is one: of a column, or `primaryKey({ columns })`. */
export function readPrimaryKey(
  { place, config }: TableSource,
  reading: Reading,
): PrimaryKey | undefined {
  const ofColumns = config.columns.filter((column) => column.primary);
  if (ofColumns.length > 1) {
    const names = ofColumns.map((column) => column.name).join(", ");
    invalid(place, `${names} each are a primary key; write primaryKey({ columns: [${names}] })`);
  }
  const keys = [
    ...config.primaryKeys.map((key) => tableKey(key, config.name, reading)),
    ...ofColumns.map((column) => columnKey(column, config.name, reading)),
  ];
  const [first, ...others] = keys;
  if (others.some((key) => !sameColumns(key, first))) invalid(place, "it has two primary keys");
  return first;
}

function tableKey({ name, columns }: DrizzleKey, table: string, reading: Reading): PrimaryKey {
  const { naming, speller } = reading;
  const names = columns.map(speller.columnName);
  if (name) return { kind: "primaryKey", name: recased(name, columns, reading), columns: names };
  return {
    kind: "primaryKey",
    name: naming.primaryKey(table, names, false),
    derivedName: true,
    columns: names,
  };
}

function columnKey(column: DrizzleColumn, table: string, { naming, speller }: Reading): PrimaryKey {
  const columns = [speller.columnName(column)];
  const name = naming.primaryKey(table, columns, true);
  return { kind: "primaryKey", name, derivedName: true, columns };
}

/**
 * A name as drizzle-kit 0.31 gives it where the config cases columns: it cases them within names too, even in those that
 * the schema gives.
 */
export function recased(
  name: string,
  columns: readonly DrizzleColumn[],
  { speller }: Reading,
): string {
  return columns.reduce((text, it) => text.replace(it.name, () => speller.columnName(it)), name);
}

/** `.unique()` of columns, and `unique().on(…)`. */
export function readUniques({ config }: TableSource, reading: Reading): readonly Unique[] {
  const ofColumns = config.columns.filter((column) => column.isUnique);
  return withoutRepeats([
    ...ofColumns.map((column) => columnUnique(column, config.name, reading)),
    ...config.uniqueConstraints.map((unique) => tableUnique(unique, config.name, reading)),
  ]);
}

function columnUnique(column: DrizzleColumn, table: string, reading: Reading): Unique {
  const { naming, speller, drizzle } = reading;
  const name = speller.columnName(column);
  const given = column.uniqueName;
  // 0.45 fills the name in, from the key as it is written.
  const filledIn = drizzle.isBeforeV1 && given === uniqueName(table, [column.name]);
  return {
    kind: "unique",
    name: given || naming.columnUnique(table, name),
    ...((!given || filledIn) && { derivedName: true }),
    columns: [name],
    ...(column.uniqueType === "not distinct" && { nullsNotDistinct: true }),
  };
}

function tableUnique(unique: DrizzleUnique, table: string, { speller }: Reading): Unique {
  const written = unique.columns.map((column) => column.name);
  const isExplicit = unique.isNameExplicit ?? unique.name !== uniqueName(table, written);
  return {
    kind: "unique",
    name: unique.name,
    ...(!isExplicit && { derivedName: true }),
    columns: unique.columns.map(speller.columnName),
    ...(unique.nullsNotDistinct && { nullsNotDistinct: true }),
  };
}

/** What is said twice in other words, of a column and of the table, is one constraint. */
function withoutRepeats(uniques: readonly Unique[]): readonly Unique[] {
  return uniques.filter(
    (it, at) =>
      !uniques.slice(0, at).some((other) => other.name === it.name && sameColumns(other, it)),
  );
}

/** The same columns in the same order. */
export function sameColumns(a: Columns, b: Columns | undefined): boolean {
  return JSON.stringify(a.columns) === JSON.stringify(b?.columns);
}

interface Columns {
  readonly columns: readonly string[];
}

export function readChecks({ config }: TableSource, { speller }: Reading): readonly Check[] {
  return config.checks.map(({ name, value }) => ({
    kind: "check",
    name,
    expression: speller.spell(value, "bare"),
  }));
}
