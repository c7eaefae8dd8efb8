/**
 * SQL with values in it, as the tag sql`…` makes it. It has the shape of Drizzle's own `SQL` objects, so that either can
 * stand inside the other and go wherever the other goes, without loading drizzle-orm (40 ms) to read a config file.
 */

const entityKind = Symbol.for("drizzle:entityKind");

/** How names and values are spelled. The members are those of Drizzle's `BuildQueryConfig`, which it stands in for. */
export interface Spelling {
  escapeName(name: string): string;
  escapeParam(index: number, value: unknown): string;
  escapeString(value: string): string;
  readonly casing: { getColumnCasing(column: { name: string }): string };
  readonly paramStartIndex?: { value: number };
  readonly invokeSource?: "indexes" | "mssql-check" | "mssql-view-with-schemabinding" | undefined;
}

export interface Query {
  readonly sql: string;
  readonly params: unknown[];
}

/** What can stand in sql`…` and wherever SQL is asked for: our own `Sql`, or anything of Drizzle's. */
export interface SqlLike {
  getSQL(): { toQuery(spelling: Spelling): Query };
}

class TextChunk {
  static readonly [entityKind] = "StringChunk";
  readonly value: readonly string[];
  constructor(text: string) {
    this.value = [text];
  }
}

class NameChunk {
  static readonly [entityKind] = "Name";
  readonly value: string;
  constructor(name: string) {
    this.value = name;
  }
}

/** A piece of SQL: text, names, values and other pieces, in order. */
export class Sql implements SqlLike {
  static readonly [entityKind] = "SQL";
  readonly queryChunks: readonly unknown[];
  /** Drizzle reads this of nested pieces: values stay parameters. */
  readonly shouldInlineParams = false;

  constructor(chunks: readonly unknown[]) {
    this.queryChunks = chunks;
  }

  getSQL(): Sql {
    return this;
  }

  /** The text in `spelling`, and the values that it refers to. */
  toQuery(spelling: Spelling): Query {
    const config = { ...spelling, paramStartIndex: spelling.paramStartIndex ?? { value: 0 } };
    const parts = this.queryChunks.map((chunk) => render(chunk, config));
    return {
      sql: parts.map((part) => part.sql).join(""),
      params: parts.flatMap((part) => part.params),
    };
  }
}

function render(
  chunk: unknown,
  spelling: Spelling & { paramStartIndex: { value: number } },
): Query {
  if (chunk instanceof TextChunk) return { sql: chunk.value.join(""), params: [] };
  if (chunk instanceof NameChunk) return { sql: spelling.escapeName(chunk.value), params: [] };
  if (isSqlLike(chunk)) return chunk.getSQL().toQuery(spelling);
  if (chunk === undefined) throw new TypeError("a value in sql`…` is undefined");
  return { sql: spelling.escapeParam(spelling.paramStartIndex.value++, chunk), params: [chunk] };
}

/** True for our `Sql` and for Drizzle's SQL, columns and tables. */
export function isSqlLike(value: unknown): value is SqlLike {
  return (
    typeof value === "object" &&
    value !== null &&
    "getSQL" in value &&
    typeof value.getSQL === "function"
  );
}

/**
 * SQL with values: sql`UPDATE users SET status = ${status}`. A value becomes a parameter where the database takes them,
 * and a literal where it does not (in DDL and in scripts).
 */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  const chunks = strings.flatMap((text, at) => [
    ...(text === "" ? [] : [new TextChunk(text)]),
    ...(at < values.length ? [values[at]] : []),
  ]);
  return new Sql(chunks);
}

/** Text that is SQL already. */
sql.raw = (text: string): Sql => new Sql([new TextChunk(text)]);

/** A name, quoted as the database wants it. */
sql.identifier = (name: string): Sql => new Sql([new NameChunk(name)]);

/** Pieces one after the other, with `separator` between them. */
sql.join = (pieces: readonly unknown[], separator: SqlLike = sql.raw(", ")): Sql =>
  new Sql(pieces.flatMap((piece, at) => (at === 0 ? [piece] : [separator, piece])));
