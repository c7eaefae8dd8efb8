import BetterSqlite3 from "better-sqlite3";
import { and, sql as drizzleSql, eq, inArray } from "drizzle-orm";
import { integer, sqliteTable, text as textColumn } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import {
  defaultText,
  isLiteral,
  literal,
  query,
  quote,
  text,
} from "../../../src/dialects/sqlite/write.ts";
import { sql } from "../../../src/operations/sql.ts";

const engine = new BetterSqlite3(":memory:");
const evaluate = (expression: string) =>
  engine.prepare(`SELECT ${expression}`).pluck().safeIntegers().get();

describe("literals are read back as they were", () => {
  test.each([
    "plain",
    "it's",
    "",
    `"quoted"`,
    "back\\slash",
    "new\nline",
    "-- no comment",
    "; no end",
    "😀",
    "nul \0 inside",
    "?1 :a $b",
    "x".repeat(10_000),
  ])("%j", (value) => {
    expect(evaluate(literal(value))).toBe(value);
  });

  test.each([0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 9007199254740993n])("%s", (value) => {
    expect(evaluate(literal(value))).toBe(value);
    expect(evaluate(`typeof(${literal(value)})`)).toBe("integer");
  });

  test.each([1.5, -1.5, 1e300, 5e-324, 0.1, 1e21, -0])("%s", (value) => {
    expect(evaluate(literal(value))).toBe(value);
  });

  test("booleans, dates, bytes and nothing", () => {
    expect(evaluate(literal(true))).toBe(1n);
    expect(evaluate(literal(false))).toBe(0n);
    expect(evaluate(literal(null))).toBe(null);
    expect(evaluate(literal(new Date(0)))).toBe("1970-01-01T00:00:00.000Z");
    expect(evaluate(literal(new Uint8Array([0, 255, 39])))).toEqual(Buffer.from([0, 255, 39]));
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2n ** 63n,
    undefined,
    {},
    [],
    Symbol.iterator,
    "half \ud83d",
    new Date(Number.NaN),
  ])("%s cannot be written", (value) => {
    expect(() => literal(value)).toThrow(/cannot be written as SQL/);
    expect(() => query(sql`${value ?? { an: "object" }}`)).toThrow(/cannot be written as SQL/);
  });
});

test("names are quoted, whatever is in them", () => {
  for (const name of ["plain", `a"b`, "a.b", "a;b", "select", "😀", "a b"]) {
    expect(engine.prepare(`SELECT 1 AS ${quote(name)}`).columns()[0]?.name).toBe(name);
  }
});

describe("SQL with values", () => {
  const at = new Date(0);

  test("is text with literals", () => {
    expect(
      text(sql`UPDATE ${sql.identifier('a"b')} SET x = ${"it's"}, y = ${true}, z = ${at} - ${-5}`),
    ).toBe(`UPDATE "a""b" SET x = 'it''s', y = 1, z = '1970-01-01T00:00:00.000Z' - (-5)`);
    expect(text(sql`${sql.join([1, 2, sql`${3}`])}`)).toBe("1, 2, 3");
  });

  test("is text with parameters that the driver can bind", () => {
    const asked = query(
      sql`SELECT ${true}, ${at}, ${new Uint8Array([1])}, ${3_000_000_000}, ${null}, ${2n ** 60n}, ${"x"}`,
    );
    expect(asked.sql).toBe("SELECT ?, ?, ?, ?, ?, ?, ?");
    expect(
      engine
        .prepare(asked.sql)
        .safeIntegers()
        .raw()
        .get(...asked.params),
    ).toEqual([
      1n,
      "1970-01-01T00:00:00.000Z",
      Buffer.from([1]),
      3_000_000_000n,
      null,
      2n ** 60n,
      "x",
    ]);
    expect(query("SELECT ?")).toEqual({ sql: "SELECT ?", params: [] });
  });

  const users = sqliteTable("users", {
    id: integer().primaryKey(),
    name: textColumn("full name"),
    born: integer({ mode: "timestamp" }),
    active: integer({ mode: "boolean" }),
    tags: textColumn({ mode: "json" }),
  });

  test("of Drizzle: columns, tables, conditions, nested in ours and the other way round", () => {
    expect(text(users.name as never)).toBe(`"users"."full name"`);
    expect(text(drizzleSql`SELECT * FROM ${users} WHERE ${eq(users.name, "it's")}`)).toBe(
      `SELECT * FROM "users" WHERE "users"."full name" = 'it''s'`,
    );
    expect(text(sql`${drizzleSql`lower(${users.name})`} = ${"x"}`)).toBe(
      `lower("users"."full name") = 'x'`,
    );
    expect(
      text(drizzleSql`${sql`a = ${1}`} OR ${and(inArray(users.id, [1, 2]), eq(users.id, 3))}`),
    ).toBe(`a = 1 OR ("users"."id" in (1, 2) and "users"."id" = 3)`);
  });

  test("of Drizzle: values as its columns store them", () => {
    const condition = and(
      eq(users.born, new Date(5000)),
      eq(users.active, true),
      eq(users.tags, ["a"]),
    );
    expect(text(sql`${condition}`)).toBe(
      `("users"."born" = 5 and "users"."active" = 1 and "users"."tags" = '["a"]')`,
    );
    expect(query(sql`${condition}`)).toEqual({
      sql: `("users"."born" = ? and "users"."active" = ? and "users"."tags" = ?)`,
      params: [5n, 1n, '["a"]'],
    });
  });
});

test("defaults stand in parentheses unless they are constants", () => {
  expect(defaultText("it's")).toBe("'it''s'");
  expect(defaultText(-1)).toBe("-1");
  expect(defaultText({ sql: "CURRENT_TIMESTAMP" })).toBe("CURRENT_TIMESTAMP");
  expect(defaultText({ sql: "unixepoch()" })).toBe("(unixepoch())");
  expect(defaultText({ sql: "(1) + (2)" })).toBe("((1) + (2))");
  expect(defaultText({ sql: " (1 + 2) " })).toBe(" (1 + 2) ");
  expect(defaultText({ sql: "'a' || 'b'" })).toBe("('a' || 'b')");
});

test.each([
  ["1", true],
  ["-1.5e3", true],
  ["'a'", true],
  ["x'00'", true],
  ["NULL", true],
  ["true", true],
  ["- 'a'", false],
  ["1 + 1", false],
  ["CURRENT_DATE", false],
  ["abc", false],
  ["(1)", false],
  ["", false],
  ["+", false],
])("%s is a literal: %s", (written, expected) => {
  expect(isLiteral(written)).toBe(expected);
});
