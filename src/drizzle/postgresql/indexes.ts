/** Indexes, with what only PostgreSQL has. */
import type { Index, IndexColumn, Parameters } from "../../model/schema.ts";
import { ordering, readIndexes } from "../indexes.ts";
import type { DrizzleIndex } from "../orm.ts";
import type { Reading, TableSource } from "../reading.ts";
import type { PgCore, PgTableConfig } from "./core.ts";
import { readPgExpression } from "./index-column.ts";

/** CONCURRENTLY is how an index is made, not what it is; `only` is true of every index with `using`, so it says nothing. */
export function readPgIndexes(
  source: TableSource<PgTableConfig>,
  reading: Reading<PgCore>,
): readonly Index[] {
  const indexes = readIndexes(source, reading, (column) => readColumn(column, reading));
  return indexes.map((index, at) => ({ ...index, ...readDetails(source.config.indexes[at]) }));
}

function readDetails(index: DrizzleIndex | undefined): Pick<Index, "method" | "with"> {
  const { method = "btree", with: given = {} } = index?.config ?? {};
  const parameters = readParameters(given);
  return {
    ...(method !== "btree" && { method }),
    ...(parameters && { with: parameters }),
  };
}

function readColumn(column: unknown, { drizzle, speller }: Reading<PgCore>): IndexColumn {
  const { orm, core } = drizzle;
  if (!orm.is(column, core.IndexedColumn)) {
    return readPgExpression(speller.spell(column, "bare").sql);
  }
  const { order, nulls, opClass } = column.indexConfig ?? {};
  return {
    of: speller.columnName(column),
    // `.desc()` leaves NULLs last, which is not where PostgreSQL has them then.
    ...ordering(order, nulls),
    ...(opClass && { operatorClass: opClass }),
  };
}

/** Storage parameters, with the names that the server knows; undefined if there are none. */
export function readParameters(given: Readonly<Record<string, unknown>>): Parameters | undefined {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [snakeCase(name), plain(value)]));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function plain(value: unknown): string | number | boolean {
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
