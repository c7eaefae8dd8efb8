/**
 * Drizzle's SQL as text that can stand in a definition: values as literals, names as the project cases them.
 *
 * It is rebuilt as mig's own pieces first. Drizzle's inlining mutates the object that it is given, throws on a bigint,
 * writes dates in the words of JavaScript, and an undefined value as nothing; drizzle-kit leaves `$1` in definitions.
 */
import type { Expression, ObjectName } from "../model/schema.ts";
import { type Spelling, Sql, type SqlLike } from "../operations/sql.ts";
import type { DrizzleColumn, Orm } from "./orm.ts";
import { translate } from "./translate.ts";

/**
 * How columns are written. "bare" where only those of one table can stand: SQLite takes no other in an index, and a name
 * without its table survives a copy of the table. "qualified" where a subquery may stand, in which a bare name would
 * mean a column of the inner table. "query" is qualified too, and lets undefined stand for nothing, as Drizzle's queries
 * have it.
 */
export type Manner = "bare" | "qualified" | "query";

export interface Speller {
  /** The text of Drizzle's SQL. A string is SQL already. */
  spell(value: unknown, manner: Manner): Expression;
  /** The name of a table, a view or an enum. */
  objectName(thing: unknown): ObjectName;
  /** Throws for what a misspelt `table.column` gives. */
  columnName(column: NamedColumn | undefined): string;
}

/** A column, or what an index keeps of one. */
export type NamedColumn = Pick<DrizzleColumn, "name" | "keyAsName">;

export interface SpellerOptions {
  readonly orm: Orm;
  /** The text of mig's own SQL, its values as literals. */
  readonly text: (sql: SqlLike) => string;
  /** The name of a column that was given none. */
  readonly nameOfKey: (key: string) => string;
  /** What a column makes of a value: a literal, or SQL. */
  readonly storedValue: (column: DrizzleColumn, value: unknown) => unknown;
}

/** Writes the SQL and the names of one schema. */
export function createSpeller(options: SpellerOptions): Speller {
  const { orm, text, nameOfKey } = options;
  const columnName = (column: NamedColumn | undefined) => {
    if (column === undefined) throw new TypeError("it names a column that does not exist");
    return column.keyAsName ? nameOfKey(column.name) : column.name;
  };
  const namesOf = (thing: unknown, manner: Manner) => readNames(orm, thing, manner, columnName);
  const objectNames = new Map<unknown, ObjectName>();
  return {
    columnName,
    spell(value, manner) {
      if (typeof value === "string") return { sql: value };
      const plain = plainText(orm, value);
      if (plain !== null) return { sql: plain };
      return { sql: text(new Sql([translate(value, { ...options, namesOf, manner })])) };
    },
    objectName(thing) {
      // A table is asked for once for itself, and once for each key that refers to it.
      const name = objectNames.get(thing) ?? objectNameOf(namesOf(thing, "qualified"));
      objectNames.set(thing, name);
      return name;
    },
  };
}

/** SQL that is nothing but text, as most defaults are, needs no rebuilding. */
function plainText({ is, SQL, StringChunk }: Orm, value: unknown): string | null {
  if (!is(value, SQL)) return null;
  const texts: string[] = [];
  for (const chunk of value.queryChunks) {
    if (!is(chunk, StringChunk)) return null;
    texts.push(...[chunk.value].flat());
  }
  return texts.join("");
}

function objectNameOf([first = "", second]: readonly string[]): ObjectName {
  return second === undefined ? first : { schema: first, name: second };
}

/** The names that Drizzle writes for a column, a table, a view or an enum. */
function readNames(
  orm: Orm,
  thing: unknown,
  manner: Manner,
  columnName: (column: NamedColumn) => string,
): readonly string[] {
  const names: string[] = [];
  const spelling: Spelling = {
    escapeName: (name) => {
      names.push(name);
      return "";
    },
    escapeParam: () => "",
    escapeString: () => "",
    casing: { getColumnCasing: (column) => columnName(column as DrizzleColumn) },
    invokeSource: manner === "bare" ? "indexes" : undefined,
  };
  new orm.SQL([thing]).toQuery(spelling);
  return names;
}
