/** A table read piece by piece is the one that is read as a whole. */
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTable } from "../../../src/dialects/sqlite/ddl/parse.ts";
import { noPieces, readPieces } from "../../../src/dialects/sqlite/ddl/pieces.ts";
import type { TableParts } from "../../../src/dialects/sqlite/ddl/table.ts";
import { notesOf, tableOf } from "../../../src/dialects/sqlite/reflect-table.ts";

const columns = [
  "a integer PRIMARY KEY",
  "b text NOT NULL DEFAULT 'x, (y'",
  "c numeric(10, 2) DEFAULT (1 + (2))",
  "d text CONSTRAINT \"odd (name\" CHECK (d <> ',') COLLATE nocase",
  "e int REFERENCES p(x, y) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
  "[f, (g] text UNIQUE ON CONFLICT IGNORE",
  "h AS (a || ')') STORED",
  '"primary" text',
  "`check` int DEFAULT -1",
  "unique$x int",
  "größe real DEFAULT 1e3",
  "i text DEFAULT 'it''s'",
  "j PRIMARY KEY DESC",
  "k",
];
const constraints = [
  "PRIMARY KEY (a, b DESC)",
  "UNIQUE (b)",
  "unique(c) ON CONFLICT REPLACE",
  "CONSTRAINT u UNIQUE (d COLLATE nocase) CHECK (a > 0)",
  "CHECK (b IN ('(', ','))",
  "CHECK (a > 1)",
  "FOREIGN KEY (a, b) REFERENCES p",
  "foreign key(e) references p(x) on update cascade",
];
const heads = ["t ", '"t (x"', "`t`", "[t, u] ", "'t'"];
const tails = ["", " STRICT", " WITHOUT ROWID, STRICT", " without rowid"];
const blanks = ["", " ", "\n  ", "\t"];

const ddl = fc
  .record({
    head: fc.constantFrom(...heads),
    columns: fc.subarray(columns, { minLength: 1 }),
    constraints: fc.subarray(constraints),
    tail: fc.constantFrom(...tails),
    blank: fc.constantFrom(...blanks),
  })
  .map(
    (it) =>
      `CREATE TABLE ${it.head}(${[...it.columns, ...it.constraints].join(`${it.blank},${it.blank}`)}${it.blank})${it.tail}`,
  );

const parents = { nameOf: (name: string) => name, keyOf: () => ["key"] };

function told(sql: string, text: TableParts) {
  return [
    tableOf({ name: "t", sql, text }, [], parents, new Map()),
    notesOf({ name: "t", sql, text }),
  ];
}

test("whatever it is made of", () => {
  const known = noPieces();
  fc.assert(
    fc.property(ddl, (sql) => {
      const whole = parseTable(sql);
      const pieces = readPieces(sql, known);
      if (whole instanceof Error || pieces === null) throw whole;
      expect(told(sql, pieces)).toEqual(told(sql, whole));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "CREATE TABLE t (a int /* , */)",
  "CREATE TABLE t (a int, -- (\n b int)",
  "CREATE TABLE t (a int, CHECK (a > 0), CHECK (a > 0))",
  "CREATE TABLE t (a int, UNIQUE (a), b int)",
  "CREATE TABLE t (a int b, UNIQUE a)",
  "CREATE TABLE t (a int DEFAULT 'x)",
  "CREATE TABLE t (a int",
  "CREATE TABLE t (a int) AUTOMATIC",
  'CREATE TABLE "t ""u""" (a int)',
  "CREATE VIRTUAL TABLE t USING fts5(a)",
  "CREATE TABLE t (a int,)",
  "CREATE TABLE t ()",
])("as a whole, where a piece tells too little: %s", (sql) => {
  expect(readPieces(sql, noPieces())).toBeNull();
});

test("as SQLite keeps what it was given", () => {
  const engine = new Database(":memory:");
  engine.exec("create  table if not  exists main.'t x'(a int,b text)");
  const sql = engine.prepare("SELECT sql FROM sqlite_schema").pluck().get() as string;
  expect(readPieces(sql, noPieces())?.columns.map(({ name }) => name)).toEqual(["a", "b"]);
});
