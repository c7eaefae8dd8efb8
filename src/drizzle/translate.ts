/** Drizzle's SQL, piece by piece, as mig's own. */
import { isSqlLike, Sql, type SqlLike, sql } from "../operations/sql.ts";
import type { DrizzleParam } from "./orm.ts";
import type { Manner, SpellerOptions } from "./spell.ts";

/** What a piece has to know of the schema, and of the place where it stands. */
interface Setting extends Pick<SpellerOptions, "orm" | "storedValue"> {
  readonly namesOf: (thing: unknown, manner: Manner) => readonly string[];
  readonly manner: Manner;
}

/** A piece of Drizzle's SQL as one of ours, or as a value. */
export function translate(chunk: unknown, setting: Setting): unknown {
  const { orm, manner } = setting;
  const { is } = orm;
  const all = (chunks: readonly unknown[]) => chunks.map((it) => translate(it, setting));
  if (chunk === undefined) return nothing(manner);
  if (Array.isArray(chunk)) return enclosed(sql.join(all(chunk)));
  if (is(chunk, orm.StringChunk)) return sql.raw([chunk.value].flat().join(""));
  if (is(chunk, orm.Name)) return sql.identifier(chunk.value);
  if (is(chunk, orm.SQL)) return new Sql(all(chunk.queryChunks));
  if (is(chunk, orm.Param)) return parameter(chunk, setting);
  if (is(chunk, orm.Placeholder)) return refusePlaceholder(chunk.name);
  if (isNamed(chunk, setting)) {
    return sql.join(setting.namesOf(chunk, manner).map(sql.identifier), sql.raw("."));
  }
  if (is(chunk, orm.Subquery)) return subquery(chunk._, setting);
  return isSqlLike(chunk) ? wrapper(chunk, setting) : chunk;
}

/** A column, a table, a view, an enum, or what a query has named. */
function isNamed(chunk: unknown, { orm }: Setting): boolean {
  if ([orm.Column, orm.Table, orm.View].some((kind) => orm.is(chunk, kind))) return true;
  if (orm.is(chunk, orm.SQL.Aliased)) return chunk.fieldAlias !== undefined;
  return typeof chunk === "function" && "enumName" in chunk;
}

function parameter({ value, encoder }: DrizzleParam, setting: Setting): unknown {
  const { orm, storedValue } = setting;
  if (value === null) return null;
  if (orm.is(value, orm.Placeholder)) return refusePlaceholder(value.name);
  if (isSqlLike(value)) return translate(value, setting);
  const isOfColumn = orm.is(encoder, orm.Column);
  const stored = isOfColumn ? storedValue(encoder, value) : encoder.mapToDriverValue(value);
  return isSqlLike(stored) ? translate(stored, setting) : stored;
}

interface Subquery {
  readonly sql: unknown;
  readonly alias: string;
  /** It is called by its name: WITH has defined it. */
  readonly isWith?: boolean;
}

function subquery({ sql: query, alias, isWith }: Subquery, setting: Setting): SqlLike {
  const name = sql.identifier(alias);
  return isWith ? name : sql`${enclosed(translate(query, setting))} ${name}`;
}

function wrapper(chunk: SqlLike, setting: Setting): unknown {
  const inner = translate(chunk.getSQL(), setting);
  const omits = "shouldOmitSQLParens" in chunk && (chunk.shouldOmitSQLParens as () => boolean)();
  return omits ? inner : enclosed(inner);
}

function enclosed(inner: unknown): SqlLike {
  return sql`(${inner})`;
}

function nothing(manner: Manner): SqlLike {
  if (manner === "query") return sql.raw("");
  throw new TypeError("a value in its SQL is undefined");
}

function refusePlaceholder(name: string): never {
  throw new TypeError(
    `its SQL has the placeholder "${name}", and a definition takes no parameters`,
  );
}
