import BetterSqlite3 from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { tokenize } from "../../../src/dialects/sqlite/ddl/tokens.ts";
import { split } from "../../../src/dialects/sqlite/split.ts";

const statements = (text: string) => split(text).map(({ sql }) => sql);

describe("a text is split where SQLite ends its statements", () => {
  const trigger =
    "CREATE TRIGGER g AFTER INSERT ON t WHEN CASE WHEN new.a THEN 1 ELSE 0 END BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 'x; END;'; END";
  const cases: Readonly<Record<string, [text: string, expected: readonly string[]]>> = {
    nothing: ["", []],
    "blanks, semicolons and comments": [" ;; -- a\n ; /* b */ ; ", []],
    two: ["SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]],
    "semicolons in strings": [
      "SELECT 'a;b', 'it''s;'; SELECT 2",
      ["SELECT 'a;b', 'it''s;'", "SELECT 2"],
    ],
    "semicolons in names": [
      'SELECT "a;""b", `c;d`, [e;f]; SELECT 2',
      ['SELECT "a;""b", `c;d`, [e;f]', "SELECT 2"],
    ],
    "semicolons in comments": [
      "SELECT 1 -- a; b\n + 2 /* c; */; SELECT 2",
      ["SELECT 1 -- a; b\n + 2 /* c; */", "SELECT 2"].map((it) => it.replace(" /* c; */", "")),
    ],
    "comments before a statement": [
      "-- one\nSELECT 1;\n/* two */ SELECT 2; -- after",
      ["-- one\nSELECT 1", "/* two */ SELECT 2"],
    ],
    "a trigger": [`${trigger}; SELECT 1;`, [trigger, "SELECT 1"]],
    "a temporary one": [
      `create temporary trigger if not exists g after insert on t begin select 1; end; select 2`,
      [
        "create temporary trigger if not exists g after insert on t begin select 1; end",
        "select 2",
      ],
    ],
    "one with comments in between": [
      "/* a */ CREATE -- b\n TEMP TRIGGER g DELETE ON t BEGIN SELECT 1; /* ; */ END /* ; */; SELECT 2",
      ["/* a */ CREATE -- b\n TEMP TRIGGER g DELETE ON t BEGIN SELECT 1; /* ; */ END", "SELECT 2"],
    ],
    "one that is explained": [
      "EXPLAIN QUERY PLAN CREATE TRIGGER g DELETE ON t BEGIN SELECT 1; END; SELECT 2",
      ["EXPLAIN QUERY PLAN CREATE TRIGGER g DELETE ON t BEGIN SELECT 1; END", "SELECT 2"],
    ],
    "a trigger without a body": ["CREATE TRIGGER g; SELECT 1", ["CREATE TRIGGER g", "SELECT 1"]],
    "a transaction": ["BEGIN; SELECT 1; END; SELECT 2", ["BEGIN", "SELECT 1", "END", "SELECT 2"]],
    "a table called trigger": [
      "CREATE TABLE trigger (begin int, end int); SELECT 1",
      ["CREATE TABLE trigger (begin int, end int)", "SELECT 1"],
    ],
    "a string that is not closed": ["SELECT 'a; SELECT 2", ["SELECT 'a; SELECT 2"]],
    "a comment that is not closed": ["SELECT 1; /* SELECT 2", ["SELECT 1"]],
    "Windows lines and a byte order mark": [
      "\ufeffSELECT 1;\r\nSELECT 2;\r\n",
      ["SELECT 1", "SELECT 2"],
    ],
    "backslashes, which escape nothing": ["SELECT '\\'; SELECT 2", ["SELECT '\\'", "SELECT 2"]],
  };
  test.each(Object.entries(cases))("%s", (_what, [text, expected]) => {
    expect(statements(text).map((sql) => sql.replace("\ufeff", ""))).toEqual(expected);
  });

  test("and says at which line each begins, its comments included", () => {
    const text = "\n\nSELECT 1;\n\n-- why\nSELECT\n 2; SELECT 3;\n\n/* a\n b */ SELECT 4";
    expect(split(text).map(({ line }) => line)).toEqual([2, 4, 6, 8]);
  });

  test("as the engine does", () => {
    const text =
      `CREATE TABLE t(a); ${trigger.replace("CASE WHEN new.a", "CASE WHEN new.a > 0")}; INSERT INTO t VALUES (';'), ("a"); /* ; */ SELECT 1;`.replace(
        ', ("a")',
        "",
      );
    const [one, other] = [new BetterSqlite3(":memory:"), new BetterSqlite3(":memory:")];
    one.exec(text);
    for (const sql of statements(text))
      other.prepare(sql).reader ? other.prepare(sql).all() : other.prepare(sql).run();
    const schema = "SELECT * FROM sqlite_schema";
    expect(other.prepare(schema).all()).toEqual(one.prepare(schema).all());
  });
});

test.each([
  "SELECT 'it''s' || x'00ff', [a b], `c`, \"d\" -- e\n/* f */ + 1.5e-3 - .5 * 0x1F ?1 :a @b $c",
  "ümlaut 😀 \ud800 \0",
  "1..2 'open",
])("the tokens of %j are all of it", (text) => {
  expect(
    tokenize(text)
      .map((token) => token.text)
      .join(""),
  ).toBe(text);
});
