import { describe, expect, test } from "vitest";
import { split, splitComplete } from "../../../src/dialects/postgresql/split.ts";
import { statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, session } from "../../support/postgres/database.ts";

/** Each is one statement to the server. */
const single: Readonly<Record<string, string>> = {
  "a string": "SELECT 'a;b'';c' AS v",
  "a string that ends in a backslash": "SELECT 'C:\\' AS v",
  "an escape string": "SELECT E'it\\'s; here' AS v",
  "an escape string, continued": "SELECT E'a\\';' -- why; not\n  'b\\';' AS v",
  "a unicode string": "SELECT U&'d\\0061t;a' AS v",
  "a name": 'SELECT 1 AS "a;""b;"',
  "dollar quotes": "SELECT $$a;'b;$$ AS v",
  "tagged dollar quotes": "SELECT $tag$a;$$;$other$;$tag$ AS v",
  "a tag of other letters": "SELECT $é$;$é$ AS v",
  "a dollar inside a name": "SELECT 1 AS a$b$c",
  "nested comments": "SELECT /* ; /* ; */ ; */ 1 AS v",
  "a comment to the end of the line": "SELECT 1 -- a; b\n AS v",
  "an operator that looks like a comment's end": "SELECT 2 */**/ 3 AS v",
  "a function with a body":
    "CREATE FUNCTION f1(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN i > 0 THEN 1 ELSE 2 END; SELECT 1 AS end; END",
  "a procedure with nested cases":
    "CREATE OR REPLACE PROCEDURE p1() BEGIN ATOMIC SELECT (SELECT CASE 1 WHEN 1 THEN CASE 2 WHEN 2 THEN 3 END END); SELECT 2; END",
  "a function in dollar quotes":
    "CREATE FUNCTION f2() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END; $$",
  "a rule": "CREATE RULE r1 AS ON INSERT TO target DO ALSO (SELECT 1; SELECT (2); SELECT 3)",
  "a DO block": "DO $do$ BEGIN PERFORM ';'; END $do$",
  "a leading comment": "-- first;\n/* second; */ SELECT 1",
  "a comment at the end": "SELECT 1 -- last",
};

describe("what the server takes as one statement", () => {
  test.each(Object.entries(single))("%s", (_, sql) => {
    expect(split(sql)).toEqual([{ sql, line: 0 }]);
  });

  forEachServer((server) => {
    test("together they come apart as they were, and each runs alone", async () => {
      const statements = Object.values(single);
      const pieces = split(`${statements.join("\n;\n")}\n;`);
      expect(pieces.map(({ sql }) => sql)).toEqual(statements);
      await session(await createDatabase(server), async (client) => {
        await client.query("CREATE TABLE target (id int)");
        // The extended protocol refuses more than one statement.
        const alone = (text: string) => ({ text, queryMode: "extended" });
        for (const { sql } of pieces) await client.query(alone(sql));
      });
    });
  });
});

test("lines count from 0, at the comment that belongs to a statement", () => {
  const text = "\n\nSELECT 1; SELECT 2;\n\n-- of three\nSELECT\n  3;\n";
  expect(split(text)).toEqual([
    { sql: "SELECT 1", line: 2 },
    { sql: "SELECT 2", line: 2 },
    { sql: "-- of three\nSELECT\n  3", line: 4 },
  ]);
});

test("empty statements are dropped", () => {
  expect(split("")).toEqual([]);
  expect(split(" ;; -- nothing\n; /* nor here */ ;")).toEqual([]);
  expect(split(";SELECT 1;;SELECT 2;").map(({ sql }) => sql)).toEqual(["SELECT 1", "SELECT 2"]);
});

test("what is not closed runs to the end, and would swallow what comes next", async () => {
  const body = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END;";
  for (const open of [
    "'a; b",
    '"a; b',
    "$$a; b",
    "/* a; b",
    "(1; 2",
    "E'a\\'; b",
    "'a''; b",
    `${body} x`,
  ]) {
    expect(split(open)).toEqual(open.startsWith("/*") ? [] : [{ sql: open, line: 0 }]);
    await expect(statementsOf((op) => op.execute(`SELECT 1; ${open}`))).rejects.toMatchObject({
      code: "OPERATION_INVALID",
      message: expect.stringContaining("is not closed"),
    });
  }
});

test.each(Object.entries(single))("%s is complete", (_, sql) =>
  expect(splitComplete(sql)).toEqual([{ sql, line: 0 }]),
);

test("a text of megabytes takes no time to speak of", () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => `(${i}, 'it''s row ${i}; really')`);
  const long = `INSERT INTO t VALUES ${rows.join(",\n")}; SELECT '${"x''".repeat(500_000)}';`;
  const started = performance.now();
  expect(split(long)).toHaveLength(2);
  expect(performance.now() - started).toBeLessThan(2_000);
});
