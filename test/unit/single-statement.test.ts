/** A statement that is plain to see is what splitting the text gives: with a string behind it, it has to be split. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitComplete, split as splitPostgres } from "../../src/dialects/postgresql/split.ts";
import { singleStatement } from "../../src/dialects/single-statement.ts";
import { split as splitSqlite } from "../../src/dialects/sqlite/split.ts";

const usual = ["select", "1", "a.b", "(", ")", ",", ";", " ", "\n", "\t", "-", "/", "*", "+"];
const comments = ["--", "/*", "*/"];
const odd = ["'", '"', "`", "[", "]", "$$", "$1", "é", "\u00a0", "\v", "\0", "E'", "begin atomic"];
const text = fc
  .array(fc.constantFrom(...usual, ...usual, ...usual, ...comments, ...odd), { maxLength: 12 })
  .map((parts) => parts.join(""));

test.each([
  ["SQLite", splitSqlite],
  ["PostgreSQL", splitPostgres],
] as const)("on %s", (_name, split) => {
  let seen = 0;
  fc.assert(
    fc.property(text, (sql) => {
      const single = singleStatement(sql);
      if (single === null) return;
      seen += 1;
      expect([single]).toEqual(split(`${sql};\nSELECT ''`).slice(0, -1));
    }),
    { numRuns: 20_000 },
  );
  expect(seen).toBeGreaterThan(1_000);
});

test.each(["select (1", "create function f() begin atomic select 1", "select 1)", ""])(
  "nothing is said of what may have no end: %s",
  (sql) => {
    expect(singleStatement(sql)).toBeNull();
  },
);

test("a plain one is complete", () => {
  expect(splitComplete(" \n CREATE TABLE t (a int) ;\n")).toEqual([
    { sql: "CREATE TABLE t (a int)", line: 1 },
  ]);
});
