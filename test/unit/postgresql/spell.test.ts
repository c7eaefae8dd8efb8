import { and, sql as drizzleSql, eq, inArray } from "drizzle-orm";
import {
  integer,
  jsonb,
  pgEnum,
  pgSchema,
  pgTable,
  text as textColumn,
  timestamp,
} from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import { query, text } from "../../../src/dialects/postgresql/spell.ts";
import { sql } from "../../../src/operations/sql.ts";
import { createDatabase, forEachServer, session } from "../../support/postgres/database.ts";

const users = pgTable("users", {
  id: integer("id"),
  email: textColumn("email"),
  data: jsonb("data"),
  tags: textColumn("tags").array(),
  createdAt: timestamp("created_at"),
});
const posts = pgSchema("blog").table("posts", { userId: integer("user_id") });
const mood = pgEnum("mood", ["sad", "happy"]);

describe("our own sql", () => {
  test("values become literals, or parameters", () => {
    const it = sql`UPDATE ${sql.identifier('a"b')} SET x = ${"it's"}, y = ${2}, z = ${null}`;
    expect(text(it)).toBe(`UPDATE "a""b" SET x = 'it''s', y = 2, z = NULL`);
    expect(query(it)).toEqual({
      sql: `UPDATE "a""b" SET x = $1, y = $2, z = $3`,
      params: ["it's", 2, null],
    });
  });

  test("pieces nest, and parameters count on", () => {
    const inner = sql`b = ${2}`;
    const it = sql`a = ${1} AND ${inner} AND ${sql.join([sql`c = ${3}`, sql`d = ${4}`], sql` OR `)}`;
    expect(query(it).sql).toBe("a = $1 AND b = $2 AND c = $3 OR d = $4");
    expect(query(it).params).toEqual([1, 2, 3, 4]);
    expect(text(it)).toBe("a = 1 AND b = 2 AND c = 3 OR d = 4");
  });

  test("a negative number begins no comment", () => {
    expect(text(sql`SELECT 5 -${-3}, 1 - ${-2n}, 0 -${-0}`)).toBe(
      "SELECT 5 -(-3), 1 - (-2), 0 -(0)",
    );
  });

  test("text is taken as it is", () => {
    expect(query("SELECT '$1'")).toEqual({ sql: "SELECT '$1'", params: [] });
  });

  test("what has no literal is refused", () => {
    for (const value of [() => 1, new Map(), Symbol("s")]) {
      expect(() => text(sql`SELECT ${value}`)).toThrow(
        expect.objectContaining({ code: "VALUE_UNSUPPORTED" }),
      );
    }
  });
});

describe("Drizzle's sql", () => {
  test("tables, columns, conditions, enums, arrays", () => {
    expect(text(drizzleSql`SELECT ${users.email} FROM ${users}, ${posts}`)).toBe(
      `SELECT "users"."email" FROM "users", "blog"."posts"`,
    );
    expect(text(and(eq(users.email, "it's"), eq(posts.userId, users.id)) ?? sql``)).toBe(
      `("users"."email" = 'it''s' and "blog"."posts"."user_id" = "users"."id")`,
    );
    expect(text(inArray(users.id, [1, 2]))).toBe(`"users"."id" in (1, 2)`);
    expect(text(drizzleSql`x IN ${["a", "b"]}`)).toBe("x IN ('a', 'b')");
    expect(text(drizzleSql`ALTER TYPE ${mood} ADD VALUE ${"ok"}`)).toBe(
      `ALTER TYPE "mood" ADD VALUE 'ok'`,
    );
  });

  test("values go through the column's own encoding", () => {
    expect(text(eq(users.data, { a: "it's" }))).toBe(`"users"."data" = '{"a":"it''s"}'`);
    expect(text(eq(users.tags, ["a", 'b"c']))).toBe(String.raw`"users"."tags" = E'{"a","b\\"c"}'`);
    expect(text(eq(users.createdAt, new Date("2026-01-02T03:04:05Z")))).toBe(
      `"users"."created_at" = '2026-01-02T03:04:05.000Z'`,
    );
  });

  test("either stands in the other", () => {
    expect(query(sql`a = ${1} AND ${eq(users.id, 2)} AND b = ${3}`)).toEqual({
      sql: `a = $1 AND "users"."id" = $2 AND b = $3`,
      params: [1, 2, 3],
    });
    expect(query(drizzleSql`a = ${1} AND ${sql`b = ${2}`} AND ${users.id} = ${3}`)).toEqual({
      sql: `a = $1 AND b = $2 AND "users"."id" = $3`,
      params: [1, 2, 3],
    });
    expect(text(drizzleSql`SELECT ${drizzleSql`${"a"}`.inlineParams()}`)).toBe("SELECT 'a'");
  });
});

forEachServer((server) => {
  test("a literal means what the parameter means", async () => {
    const values = [
      ["{1,2}", "int[]", [1, 2]],
      ['{"a,b",NULL,"c\\"d\\\\"}', "text[]", ["a,b", null, 'c"d\\']],
      [
        "{{1,2},{3,4}}",
        "int[]",
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ['{"a": "it\'s"}', "jsonb", { a: "it's" }],
      ["2026-01-02 03:04:05", "timestamp", new Date("2026-01-02T03:04:05Z")],
      ["\\xdead", "bytea", Uint8Array.of(0xde, 0xad)],
    ] as const;
    await session(await createDatabase(server), async (client) => {
      await client.query("SET TimeZone = 'Asia/Tokyo'");
      for (const [back, type, value] of values) {
        const it = sql`SELECT ${value}::${sql.raw(type)}::text AS back`;
        const { sql: asked, params } = query(it);
        expect((await client.query(asked, [...params])).rows).toEqual([{ back }]);
        expect((await client.query(text(it))).rows).toEqual([{ back }]);
      }
    });
  });

  test("Drizzle's columns serve in checks, indexes, predicates and USING", async () => {
    const age = pgTable("people", { age: integer("age"), name: textColumn("name") });
    await session(await createDatabase(server), async (client) => {
      await client.query("CREATE TABLE people (age int, name text)");
      await client.query(`ALTER TABLE people ADD CHECK (${text(drizzleSql`${age.age} > 0`)})`);
      await client.query(
        `CREATE INDEX ON people ((${text(drizzleSql`lower(${age.name})`)})) WHERE ${text(eq(age.age, 3))}`,
      );
      await client.query(
        `ALTER TABLE people ALTER COLUMN name TYPE varchar USING ${text(drizzleSql`trim(${age.name})`)}`,
      );
    });
  });
});
