import { describe, expect, test } from "vitest";
import type { Connection, Reader } from "../../../src/dialects/dialect.ts";
import { normalise } from "../../../src/dialects/postgresql/normalise.ts";
import { reflect } from "../../../src/dialects/postgresql/reflect/reflect.ts";
import type {
  Check,
  Column,
  Expression,
  Literal,
  Schema,
  SchemaTable,
} from "../../../src/model/schema.ts";
import { connectTo } from "../../support/postgres/connection.ts";
import { at, createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

const scope = { versionTable: { name: "mig_version" }, schemas: ["public", "app"] };

/** `schema` with its tables changed. */
function withTables(schema: Schema, change: (table: SchemaTable) => SchemaTable): Schema {
  return { ...schema, tables: schema.tables.map(change) };
}

function withColumns(schema: Schema, change: (column: Column) => Column): Schema {
  return withTables(schema, (table) => ({ ...table, columns: table.columns.map(change) }));
}

/** `schema` with other texts of its checks, by their names. */
function withChecks(schema: Schema, texts: Readonly<Record<string, string>>): Schema {
  return withTables(schema, (table) => ({
    ...table,
    constraints: table.constraints.map((it) => {
      const sql = texts[it.name];
      return it.kind === "check" && sql !== undefined ? { ...it, expression: { sql } } : it;
    }),
  }));
}

function checksOf(schema: Schema): readonly string[] {
  const all = schema.tables.flatMap(({ constraints }) => constraints);
  return all.filter((it): it is Check => it.kind === "check").map((it) => it.expression.sql);
}

/** A reader that counts what it is asked. */
function counting(connection: Connection): Reader & { asked: number } {
  return {
    asked: 0,
    all(sql) {
      this.asked += 1;
      return connection.all(sql);
    },
  };
}

forEachServer((server) => {
  async function database(sql: string): Promise<{ connection: Connection; current: Schema }> {
    const url = await createDatabase(server);
    await query(url, sql);
    const connection = await connectTo(url);
    return { connection, current: (await reflect(connection, scope)).schema };
  }

  test("what was reflected stays as it is, and costs no scratch work", async () => {
    const { connection, current } = await database(rich);
    const reader = counting(connection);
    expect(await normalise(reader, current, current)).toEqual({ schema: current, notes: [] });
    expect(reader.asked).toBe(1);
  });

  describe("defaults", () => {
    const same: readonly (readonly [type: string, inDatabase: string, Literal | Expression])[] = [
      ["varchar(50)", "'light'", "light"],
      ["text", "'it''s'", "it's"],
      ["text", "'a\\b'", "a\\b"],
      ["char(3)", "'abc'", "abc"],
      ["boolean", "true", true],
      ["boolean", "'f'", { sql: "'f'" }],
      ["integer", "0", 0],
      ["integer", "-1", -1],
      ["integer", "'7'", { sql: "'7'" }],
      ["bigint", "9007199254740993", 9007199254740993n],
      ["smallint", "0", 0],
      ["numeric(10,2)", "0", 0],
      ["numeric(10,2)", "1.50", { sql: "1.50" }],
      ["double precision", "1.5", 1.5],
      ["real", "-2.5", -2.5],
      ["jsonb", "'{}'", "{}"],
      ["jsonb", `'{"a":[1,2]}'`, `{"a":[1,2]}`],
      ["json", `'{"a":1}'`, `{"a":1}`],
      ["text[]", "'{}'", "{}"],
      ["varchar(20)[]", "'{}'", { sql: "'{}'" }],
      ["text[]", "ARRAY[]::text[]", { sql: "ARRAY[]::text []" }],
      ["mood", "'sad'", "sad"],
      ["mood[]", "'{sad}'", "{sad}"],
      ["timestamptz", "now()", { sql: "now()" }],
      ["timestamptz", "CURRENT_TIMESTAMP", { sql: "current_timestamp" }],
      ["timestamptz", "'2020-01-02T03:04:05.678Z'", new Date("2020-01-02T03:04:05.678Z")],
      ["timestamp", "'2020-01-02T03:04:05.678Z'", new Date("2020-01-02T03:04:05.678Z")],
      ["date", "'2020-01-02'", "2020-01-02"],
      ["uuid", "gen_random_uuid()", { sql: "pg_catalog.gen_random_uuid()" }],
      ["bytea", "'\\x6869'::bytea", new TextEncoder().encode("hi")],
      ["interval", "'1 day'", "1 day"],
      ["text", "lower('A') || 'x'", { sql: "(lower('A'))||'x'" }],
      ["integer", "nextval('counter')", { sql: "nextval('counter'::regclass)" }],
      ["text", "current_user", { sql: "CURRENT_USER" }],
    ];

    test("equal what the server made of them", async () => {
      const columns = same.map(([type, sql], at) => `c${at} ${type} DEFAULT ${sql}`);
      const { connection, current } = await database(
        `CREATE TYPE mood AS ENUM ('sad'); CREATE SEQUENCE counter; CREATE TABLE t (${columns.join(", ")})`,
      );
      const desired = withColumns(current, (column) => {
        const value = same[Number(column.name.slice(1))]?.[2];
        return value === undefined ? column : { ...column, default: value };
      });
      expect(await normalise(connection, current, desired)).toEqual({ schema: current, notes: [] });
    });

    test("that differ keep the words of the project", async () => {
      const { connection, current } = await database(
        "CREATE TABLE t (a text DEFAULT 'x', b integer DEFAULT 1, c text DEFAULT lower('A'), d text, e text DEFAULT '1')",
      );
      const wanted: Readonly<Record<string, Literal | Expression>> = {
        a: "y",
        b: { sql: "1 + 1" },
        c: { sql: "upper('A')" },
        d: "new",
        e: { sql: "1::text" },
      };
      const desired = withColumns(current, (it) => ({ ...it, default: wanted[it.name] ?? null }));
      const { schema } = await normalise(connection, current, desired);
      expect(schema).toEqual(desired);
    });

    test("in their common forms cost no scratch work", async () => {
      const { connection, current } = await database(
        `CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE t (a varchar(5) DEFAULT 'x', b integer DEFAULT -1, c boolean DEFAULT true, d numeric(5,1) DEFAULT 0,
  e jsonb DEFAULT '{}', f text[] DEFAULT '{}', g timestamptz DEFAULT now(), h mood DEFAULT 'sad', i bigint DEFAULT 5000000000)`,
      );
      const wanted: Readonly<Record<string, Literal | Expression>> = {
        a: "x",
        b: -1,
        c: true,
        d: 0,
        e: "{}",
        f: { sql: "'{}'" },
        g: { sql: "now()" },
        h: "sad",
        i: 5000000000,
      };
      const desired = withColumns(current, (it) => ({ ...it, default: wanted[it.name] ?? null }));
      const reader = counting(connection);
      expect((await normalise(reader, current, desired)).schema).toEqual(current);
      expect(reader.asked).toBe(1);
    });
  });

  test("expressions of every kind, as Drizzle writes them", async () => {
    const { connection, current } = await database(rich);
    const desired: Schema = {
      ...current,
      views: current.views.map((view) =>
        view.name === "v"
          ? {
              ...view,
              columns: ["one", "two"],
              definition: { sql: `select "id", "name" from "users" where "status" <> 'old'` },
            }
          : { ...view, definition: { sql: `select count(*) as n from public.users` } },
      ),
    };
    const tables = withChecks(current, {
      status_check: `"users"."status" in ('new', 'it''s')`,
      age_check: `"users"."age" between 1 and 150 and "users"."name" is not null`,
      own_check: `"app"."own"."a" != 5`,
    }).tables.map((table) => ({
      ...table,
      columns: table.columns.map((it) =>
        it.generated
          ? { ...it, generated: { ...it.generated, as: { sql: `upper("users"."name")||'!'` } } }
          : it,
      ),
      indexes: table.indexes.map((it) =>
        it.name === "users_lower"
          ? {
              ...it,
              columns: [
                {
                  of: { sql: `LOWER("users"."name")` },
                  order: "asc" as const,
                  nulls: "last" as const,
                },
              ],
              method: "btree",
              where: { sql: `"users"."age" > 18 and "users"."status" = 'new'` },
            }
          : it,
      ),
      policies: table.policies.map((it) => ({
        ...it,
        to: ["public"],
        using: {
          sql: `"users"."name" = current_user or exists (select 1 from "users" u where u.id = "users"."id")`,
        },
      })),
    }));
    const answer = await normalise(connection, current, { ...desired, tables });
    expect(answer).toEqual({ schema: current, notes: [] });
  });

  test("expressions that differ keep their words, and one that makes no sense harms no other", async () => {
    const { connection, current } = await database(rich);
    const texts = {
      status_check: `"users"."status" in ('new', 'its')`,
      age_check: `nonsense("users"."age"`,
      own_check: `"app"."own"."a" <> 5`,
    };
    const { schema } = await normalise(connection, current, withChecks(current, texts));
    const [own, age, status] = [checksOf(current)[2], texts.age_check, texts.status_check];
    expect(new Set(checksOf(schema))).toEqual(new Set([own, age, status]));
  });

  test("what a dump makes of an expression is the same expression", async () => {
    // Reading back what the server prints gives another tree, which prints differently.
    const { connection, current } = await database(
      `CREATE TABLE t (a varchar(5), CONSTRAINT c CHECK (((a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))))`,
    );
    const desired = withChecks(current, { c: `"t"."a" IN ('x', 'y')` });
    expect((await normalise(connection, current, desired)).schema).toEqual(current);
  });

  test("a check and an index under other names are found by what they say", async () => {
    const { connection, current } = await database(
      "CREATE TABLE t (a text, CONSTRAINT old CHECK (a IN ('x', 'y'))); CREATE INDEX was ON t (lower(a)) WHERE a <> 'z'",
    );
    const desired = withTables(withChecks(current, { old: `"t"."a" in ('x','y')` }), (table) => ({
      ...table,
      constraints: table.constraints.map((it) => ({ ...it, name: "fresh" })),
      indexes: table.indexes.map((it) => ({
        ...it,
        name: "will_be",
        columns: [{ of: { sql: `lower("t"."a")` } }],
        where: { sql: `"t"."a" != 'z'` },
      })),
    }));
    const { schema } = await normalise(connection, current, desired);
    expect(checksOf(schema)).toEqual(checksOf(current));
    expect(schema.tables[0]?.indexes[0]).toEqual({
      ...current.tables[0]?.indexes[0],
      name: "will_be",
    });
  });

  test("what goes without saying is not said, and names are cut off as the server does", async () => {
    const long = "ä".repeat(40);
    const { connection, current } = await database(
      `CREATE TABLE t (id bigserial PRIMARY KEY, n bigint GENERATED ALWAYS AS IDENTITY, v varchar(9)[], g numeric(5), CONSTRAINT ${long} UNIQUE (id, n));
CREATE TABLE u (id bigint, CONSTRAINT f FOREIGN KEY (id) REFERENCES t); CREATE SEQUENCE s`,
    );
    const desired: Schema = {
      ...current,
      sequences: [
        {
          name: { schema: "public", name: "s" },
          type: "bigint",
          options: { startWith: "1", cache: "1", cycle: false },
        },
      ],
      tables: current.tables.map(
        (table): SchemaTable => ({
          ...table,
          name: { schema: "public", name: String(table.name) },
          columns: table.columns.map(({ notNull: _, ...it }) => ({
            ...it,
            default: null,
            ...(it.name === "n" && {
              identity: {
                generated: "always",
                options: { increment: "1", minValue: "1", maxValue: "9223372036854775807" },
              },
            }),
            ...(it.name === "v" && {
              type: { kind: "raw", postgresql: "VARCHAR (9) []", sqlite: "text" } as const,
            }),
            ...(it.name === "g" && { type: { kind: "numeric", precision: 5 } as const }),
          })),
          constraints: table.constraints.map((it) =>
            it.kind === "foreignKey"
              ? { ...it, onDelete: "no action", table: { schema: "public", name: "t" } }
              : it.kind === "unique"
                ? { ...it, name: long, nullsNotDistinct: false }
                : it,
          ),
        }),
      ),
    };
    expect(await normalise(connection, current, desired)).toEqual({ schema: current, notes: [] });
    expect(current.tables[0]?.constraints[1]?.name).toBe("ä".repeat(31));
  });

  test("types that only the server knows are spelled by it", async () => {
    const { connection, current } = await database(
      "CREATE DOMAIN positive AS integer; CREATE TABLE t (a bit, b interval(3), c bit varying(5), d positive, e tsvector)",
    );
    const spelled: Readonly<Record<string, string>> = {
      a: "BIT(1)",
      b: "interval (3)",
      c: "varbit(5)",
      d: "public.positive",
      e: "tsquery",
    };
    const desired = withColumns(current, (it) => {
      const text = spelled[it.name] ?? "";
      return { ...it, type: { kind: "raw", postgresql: text, sqlite: text } };
    });
    const { schema } = await normalise(connection, current, desired);
    expect(schema.tables[0]?.columns.slice(0, 4)).toEqual(current.tables[0]?.columns.slice(0, 4));
    expect(schema.tables[0]?.columns[4]?.type).toMatchObject({ postgresql: "tsquery" });
  });

  test("tables of one name in two schemas, and words of the search path", async () => {
    const { connection, current } = await database(
      `CREATE SCHEMA app; CREATE TYPE public.kind AS ENUM ('a', 'b'); CREATE TYPE app.kind AS ENUM ('a', 'b');
CREATE TABLE t (k kind, CONSTRAINT one CHECK (k IN ('a', 'b')));
CREATE TABLE app.t (k app.kind, CONSTRAINT two CHECK (k IN ('a', 'b')))`,
    );
    const desired = withChecks(current, {
      one: `"t"."k" in ('a', 'b')`,
      two: `"app"."t"."k" in ('a', 'b'::app.kind)`,
    });
    expect(await normalise(connection, current, desired)).toEqual({ schema: current, notes: [] });
    const crossed = withChecks(current, { one: `"t"."k"::text in ('a', 'b')` });
    expect(checksOf((await normalise(connection, current, crossed)).schema)[0]).toContain(
      "::text in",
    );
  });

  test("nothing is left behind, and no table is locked", async () => {
    const { connection, current } = await database(rich);
    const url = await connection.all("SELECT current_database() AS name");
    const other = at(server.url, { database: String(url[0]?.name) });
    const before = await query(other, "SELECT count(*)::int AS n FROM pg_class");
    const desired = withChecks(current, {
      age_check: "age between 1 and 150 and name is not null",
    });
    const blocker = await connectTo(other);
    await blocker.begin({ suspendForeignKeys: false });
    await blocker.all("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
    const answer = await normalise(connection, current, desired);
    await blocker.rollback();
    expect(answer).toEqual({ schema: current, notes: [] });
    expect(await query(other, "SELECT count(*)::int AS n FROM pg_class")).toEqual(before);
    expect(await connection.all("SELECT current_setting('search_path') AS path")).toEqual([
      { path: '"$user", public' },
    ]);
  });

  test.each([
    ["REVOKE", "this role may make no temporary tables (GRANT TEMPORARY ON DATABASE)"],
    ["SET", "the server or the session is read-only"],
  ])("where nothing may be made (%s) texts are compared, and a note says so", async (how, why) => {
    const { connection, current } = await database(
      "CREATE TABLE t (a text, CONSTRAINT c CHECK (a LIKE 'x%'), CONSTRAINT d CHECK (a <> 'z'))",
    );
    if (how === "SET") await connection.all("SET default_transaction_read_only = on");
    else {
      const [row] = await connection.all("SELECT quote_ident(current_database()) AS name");
      await connection.all(`REVOKE TEMPORARY ON DATABASE ${row?.name} FROM PUBLIC`);
      await connection.all("SET ROLE pg_read_all_stats");
    }
    const texts = { c: "a like 'x%'", d: `("t"."a" <> 'z'::text)` };
    const { schema, notes } = await normalise(connection, current, withChecks(current, texts));
    expect(checksOf(schema)).toEqual([texts.c, "a <> 'z'::text"]);
    expect(notes).toEqual([{ object: "t.c", what: `was compared as text: ${why}` }]);
  });
});

const rich = `CREATE SCHEMA app;
CREATE TABLE users (id serial PRIMARY KEY, name text, age integer DEFAULT 20 + 1, status varchar(20) DEFAULT 'new',
  loud text GENERATED ALWAYS AS (upper(name) || '!') STORED,
  CONSTRAINT status_check CHECK (status IN ('new', 'it''s')), CONSTRAINT age_check CHECK (age BETWEEN 1 AND 150 AND name IS NOT NULL));
CREATE INDEX users_lower ON users (lower(name)) WHERE age > 18 AND status = 'new';
CREATE POLICY own ON users USING (name = current_user OR EXISTS (SELECT 1 FROM users u WHERE u.id = users.id));
CREATE TABLE app.own (a integer, CONSTRAINT own_check CHECK (a <> 5));
CREATE VIEW v (one, two) AS SELECT id, name FROM users WHERE status <> 'old';
CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM users`;
