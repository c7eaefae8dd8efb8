/** Indexes, as far as both databases have them. */
import type { Index, IndexColumn } from "../model/schema.ts";
import { indexName } from "./names.ts";
import type { DrizzleIndex } from "./orm.ts";
import { inside, invalid } from "./place.ts";
import type { Reading, TableSource } from "./reading.ts";

/** `readColumn` reads one of its columns, or one of its expressions. */
export function readIndexes(
  source: TableSource,
  reading: Reading,
  readColumn: (column: unknown) => IndexColumn,
): readonly Index[] {
  return source.config.indexes.map((index) =>
    inside(
      source.place,
      () => `index ${index.config.name ?? "without a name"}`,
      () => readIndex(index, source, reading, readColumn),
    ),
  );
}

function readIndex(
  { config }: DrizzleIndex,
  source: TableSource,
  { speller }: Reading,
  readColumn: (column: unknown) => IndexColumn,
): Index {
  const columns = config.columns.map(readColumn);
  if (columns.length === 0) throw new TypeError("it is on no column");
  return {
    ...(config.name
      ? { name: config.name }
      : { name: indexName(source.config.name, namesOf(columns, source)), derivedName: true }),
    columns,
    ...(config.unique && { unique: true }),
    ...(config.where !== undefined && { where: speller.spell(config.where, "bare") }),
  };
}

function namesOf(columns: readonly IndexColumn[], { place }: TableSource): readonly string[] {
  return columns.map(({ of }) =>
    typeof of === "string"
      ? of
      : invalid(place, `an index on ${of.sql} has no name; write index("name").on(…)`),
  );
}

/** An expression of an index without the order behind it, for which Drizzle has no other place. */
export function readExpression(text: string): IndexColumn {
  const [, expression = text, order, nulls] =
    /^([\s\S]*?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/i.exec(text) ?? [];
  return {
    of: nameIn(expression.trim()) ?? { sql: expression.trim() },
    ...ordering(order?.toLowerCase(), nulls?.toLowerCase()),
  };
}

/** What is not as it would be anyway: ascending, and NULLs where the largest value is. */
export function ordering(
  order: string | undefined,
  nulls: string | undefined,
): Pick<IndexColumn, "order" | "nulls"> {
  const isDescending = order === "desc";
  const usual = isDescending ? "first" : "last";
  return {
    ...(isDescending && { order: "desc" }),
    ...(nulls !== undefined && nulls !== usual && { nulls: nulls as "first" | "last" }),
  };
}

/** The column that an expression is, if it is no more than that. */
export function nameIn(expression: string): string | undefined {
  const quoted = /^"((?:[^"]|"")+)"$/.exec(expression.replace(/^\(\s*("[^"]+")\s*\)$/, "$1"));
  return quoted?.[1]?.replaceAll('""', '"');
}
