import { describe, expect, test } from "vitest";
import { literal, quote } from "../../../src/dialects/postgresql/write.ts";
import type { Literal } from "../../../src/model/schema.ts";
import { createDatabase, forEachServer, session } from "../../support/postgres/database.ts";

const literals: readonly (readonly [Literal, sql: string, type: string, back: string | null])[] = [
  ["it's", "'it''s'", "text", "it's"],
  ["a\\b", "E'a\\\\b'", "text", "a\\b"],
  ["\\' or 1=1; --", "E'\\\\'' or 1=1; --'", "text", "\\' or 1=1; --"],
  ["é😀\n", "'é😀\n'", "text", "é😀\n"],
  ["", "''", "text", ""],
  [true, "true", "boolean", "true"],
  [false, "false", "boolean", "false"],
  [null, "NULL", "text", null],
  [-5, "-5", "integer", "-5"],
  [0.1, "0.1", "numeric", "0.1"],
  [1e21, "1e+21", "numeric", "1000000000000000000000"],
  [Number.NaN, "'NaN'::double precision", "numeric", "NaN"],
  [Number.POSITIVE_INFINITY, "'Infinity'::double precision", "real", "Infinity"],
  [9223372036854775807n, "9223372036854775807", "bigint", "9223372036854775807"],
  [
    new Date("2026-01-23T14:30:52.123Z"),
    "'2026-01-23T14:30:52.123Z'",
    "timestamp",
    "2026-01-23 14:30:52.123",
  ],
  [new Date(Date.UTC(10_000, 0, 1)), "'10000-01-01T00:00:00.000Z'", "date", "10000-01-01"],
  [new Date("0001-02-03T00:00:00Z"), "'0001-02-03T00:00:00.000Z'", "date", "0001-02-03"],
  [Uint8Array.of(0, 222, 173), "E'\\\\x00dead'::bytea", "bytea", "\\x00dead"],
  [new Uint8Array(), "E'\\\\x'::bytea", "bytea", "\\x"],
];

describe("literals", () => {
  test.each(literals)("%s", (value, sql) => {
    expect(literal(value)).toBe(sql);
  });

  forEachServer((server) => {
    test.each(["on", "off"])("come back, with standard_conforming_strings %s", async (setting) => {
      await session(await createDatabase(server), async (client) => {
        await client.query(
          `SET standard_conforming_strings = ${setting}; SET TimeZone = 'Asia/Tokyo'`,
        );
        for (const [value, , type, back] of literals) {
          const { rows } = await client.query(`SELECT (${literal(value)})::${type}::text AS back`);
          expect(rows).toEqual([{ back }]);
        }
      });
    });
  });

  test.each<[Literal, RegExp]>([
    ["a\0b", /NUL/],
    ["\ud800", /surrogate/],
    [new Date(Number.NaN), /no point in time/],
    [new Date(Date.UTC(-5, 0, 1)), /before the year 1/],
  ])("what PostgreSQL cannot hold is refused: %j", (value, why) => {
    expect(() => literal(value)).toThrow(
      expect.objectContaining({ code: "VALUE_UNSUPPORTED", message: expect.stringMatching(why) }),
    );
  });
});

describe("names", () => {
  const names = [
    'say "hi"',
    "Ünïcödé",
    "😀",
    "a b",
    "select",
    "a.b",
    "a'b",
    "x".repeat(63),
    `${"é".repeat(31)}x`,
  ];

  forEachServer((server) => {
    test("come back as they are", async () => {
      await session(await createDatabase(server), async (client) => {
        for (const name of names) {
          await client.query(`CREATE TABLE ${quote(name)} (${quote(name)} int)`);
          const { rows } = await client.query(
            "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relname = $1 AND attnum > 0",
            [name],
          );
          expect(rows).toEqual([{ relname: name, attname: name }]);
        }
      });
    });
  });

  test("longer ones are refused, not cut off: the limit counts bytes", () => {
    const refused = expect.objectContaining({ code: "NAME_TOO_LONG" });
    expect(() => quote("x".repeat(64))).toThrow(refused);
    expect(() => quote("é".repeat(32))).toThrow(refused);
  });
});
