import { expect, test } from "vitest";
import type { Reflected } from "../../../src/dialects/reflection.ts";
import { createTable } from "../../../src/dialects/sqlite/create.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { reflect } from "../../../src/dialects/sqlite/reflect.ts";
import { typeFrom } from "../../../src/dialects/sqlite/type-from.ts";
import { typeText } from "../../../src/dialects/sqlite/types.ts";
import type { SchemaTable } from "../../../src/model/schema.ts";
import { database } from "./support.ts";

const scope = { versionTable: { name: "mig_version" } };

async function reflected(sql: string, exclude: readonly string[] = []): Promise<Reflected> {
  const { connection } = await database(sql);
  return reflect(connection, { ...scope, exclude });
}

async function only(sql: string): Promise<SchemaTable> {
  const { schema } = await reflected(sql);
  expect(schema.tables).toHaveLength(1);
  return schema.tables[0] as SchemaTable;
}

test.each([
  ["text", "text"],
  ["INTEGER", "integer"],
  ["real", "real"],
  ["Numeric", "numeric"],
  ["BLOB", "bytea"],
  ["text (50)", "varchar"],
])("the portable type of %s", (text, kind) => {
  const type = typeFrom(text);
  expect(type.kind).toBe(kind);
  expect(typeText(type)).toBe(text.toLowerCase().replace(" ", ""));
});

test.each(["VARCHAR(50)", "int", "", "UNSIGNED BIG INT", "decimal(10, 2)", "constructor"])(
  "a declaration of its own is kept: %j",
  (text) => {
    expect(typeFrom(text)).toEqual({ kind: "raw", postgresql: text, sqlite: text });
  },
);

test("columns: types, defaults, collations, what is computed", async () => {
  const { columns } = await only(`CREATE TABLE t (
  -- the key
  id INTEGER PRIMARY KEY AUTOINCREMENT, "na me" VARCHAR(50) NOT NULL DEFAULT 'it''s' COLLATE NOCASE,
  bare text DEFAULT abc, quoted text DEFAULT "a'b", yes integer DEFAULT true, minus real DEFAULT -1.5,
  at text DEFAULT CURRENT_TIMESTAMP, made text DEFAULT (datetime('now')), never text DEFAULT NULL, untyped,
  kept text GENERATED ALWAYS AS (upper(bare)) STORED, seen text AS ((bare || 'x')), plain text COLLATE BINARY NULL, b blob DEFAULT X'00')`);
  expect(columns).toEqual([
    { name: "id", type: { kind: "integer" }, notNull: true, autoIncrement: true },
    {
      name: "na me",
      type: { kind: "raw", postgresql: "VARCHAR(50)", sqlite: "VARCHAR(50)" },
      notNull: true,
      default: { sql: "'it''s'" },
      collation: "NOCASE",
    },
    { name: "bare", type: { kind: "text" }, default: { sql: "'abc'" } },
    { name: "quoted", type: { kind: "text" }, default: { sql: "'a''b'" } },
    { name: "yes", type: { kind: "integer" }, default: { sql: "true" } },
    { name: "minus", type: { kind: "real" }, default: { sql: "-1.5" } },
    { name: "at", type: { kind: "text" }, default: { sql: "CURRENT_TIMESTAMP" } },
    { name: "made", type: { kind: "text" }, default: { sql: "datetime('now')" } },
    { name: "never", type: { kind: "text" } },
    { name: "untyped", type: { kind: "raw", postgresql: "", sqlite: "" } },
    {
      name: "kept",
      type: { kind: "text" },
      generated: { as: { sql: "upper(bare)" }, stored: true },
    },
    {
      name: "seen",
      type: { kind: "text" },
      generated: { as: { sql: "bare || 'x'" }, stored: false },
    },
    { name: "plain", type: { kind: "text" } },
    { name: "b", type: { kind: "bytea" }, default: { sql: "X'00'" } },
  ]);
});

test.each([
  ["the rowid is never NULL", "a integer primary key", true],
  ["nor is a column that says so", "a text primary key not null", true],
  ["a key of another type may be NULL", "a text primary key", false],
  ["so may a key that is sorted down, which is not the rowid", "a integer primary key desc", false],
  ["int is not integer", "a int primary key", false],
])("%s", async (_, column, notNull) => {
  const { columns } = await only(`CREATE TABLE t (${column})`);
  expect(Boolean(columns[0]?.notNull)).toBe(notNull);
  const { engine } = await database(`CREATE TABLE t (${column})`);
  const insert = () => engine.exec("INSERT INTO t (a) VALUES (NULL)");
  const kept = () => engine.prepare("SELECT a FROM t").pluck().get();
  if (notNull && column.includes("text")) expect(insert).toThrow("NOT NULL");
  else {
    insert();
    expect(kept() === null).toBe(!notNull);
  }
});

test.each(["STRICT", "WITHOUT ROWID"])("of a %s table the key is never NULL", async (option) => {
  const { columns, ...table } = await only(
    `CREATE TABLE t (a text, b text, PRIMARY KEY (a)) ${option}`,
  );
  expect(columns.map(({ notNull }) => notNull)).toEqual([true, undefined]);
  expect(table).toMatchObject(option === "STRICT" ? { strict: true } : { withoutRowid: true });
});

test("constraints, with and without names", async () => {
  const { schema, notes } =
    await reflected(`CREATE TABLE "Parents" (a integer, b text, PRIMARY KEY (b, a));
CREATE TABLE t (
  id integer, email text UNIQUE ON CONFLICT IGNORE, parent integer REFERENCES parents ON DELETE SET NULL,
  x text CONSTRAINT x_check CHECK (x <> 'a, (b)'), y text CHECK ((y) IN ('a')),
  CONSTRAINT t_key PRIMARY KEY (id), UNIQUE (X, y), CONSTRAINT named UNIQUE (y COLLATE NOCASE)
  CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES "parents" (b, a) ON UPDATE CASCADE ON DELETE NO ACTION MATCH SIMPLE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (y) REFERENCES gone (a) NOT DEFERRABLE, CHECK (/* why */ y > 0)
)`);
  const [parents, table] = schema.tables;
  expect(parents?.constraints).toEqual([
    { kind: "primaryKey", name: "Parents_b_a_pk", derivedName: true, columns: ["b", "a"] },
  ]);
  expect(table?.constraints).toEqual([
    { kind: "primaryKey", name: "t_key", columns: ["id"] },
    { kind: "unique", name: "t_email_unique", derivedName: true, columns: ["email"] },
    {
      kind: "unique",
      name: expect.stringMatching(/^t_x_y_unique$/i),
      derivedName: true,
      columns: ["x", "y"],
    },
    { kind: "unique", name: "named", columns: ["y"] },
    {
      kind: "foreignKey",
      name: "t_parent_fk",
      derivedName: true,
      columns: ["parent"],
      table: "Parents",
      references: ["b", "a"],
      onDelete: "set null",
    },
    {
      kind: "foreignKey",
      name: "fk",
      columns: ["x", "y"],
      table: "Parents",
      references: ["b", "a"],
      onUpdate: "cascade",
      deferrable: "deferred",
    },
    {
      kind: "foreignKey",
      name: "t_y_fk",
      derivedName: true,
      columns: ["y"],
      table: "gone",
      references: ["a"],
    },
    { kind: "check", name: "x_check", expression: { sql: "x <> 'a, (b)'" } },
    { kind: "check", name: "t_check1", derivedName: true, expression: { sql: "(y) IN ('a')" } },
    { kind: "check", name: "t_check2", derivedName: true, expression: { sql: "y > 0" } },
  ]);
  expect(notes).toEqual([
    { object: "t.email", what: "has ON CONFLICT IGNORE" },
    { object: "t.named", what: "has a column with COLLATE in its key" },
  ]);
});

test("indexes and views", async () => {
  const { schema } = await reflected(`CREATE TABLE t (a integer, b text, "odd, (name)" text);
CREATE UNIQUE INDEX z ON t (lower(b) COLLATE NOCASE DESC, A asc, [b] DESC, "odd, (name)" COLLATE rtrim) WHERE (a > 0 AND b = 'x)');
CREATE INDEX IF NOT EXISTS y ON t ((a), coalesce(a, 0) + 1);
CREATE VIEW w ("one", two) AS SELECT a, b /* as they are */ FROM t -- all
;
CREATE VIEW v AS WITH x AS (SELECT 1) SELECT * FROM x`);
  expect(schema.tables[0]?.indexes).toEqual([
    { name: "y", columns: [{ of: { sql: "a" } }, { of: { sql: "coalesce(a, 0) + 1" } }] },
    {
      name: "z",
      columns: [
        { of: { sql: "lower(b)" }, order: "desc", collation: "NOCASE" },
        { of: "a" },
        { of: "b", order: "desc" },
        { of: "odd, (name)", collation: "rtrim" },
      ],
      unique: true,
      where: { sql: "a > 0 AND b = 'x)'" },
    },
  ]);
  expect(schema.views).toEqual([
    {
      name: "w",
      columns: ["one", "two"],
      definition: { sql: "SELECT a, b /* as they are */ FROM t" },
      materialized: false,
    },
    { name: "v", definition: { sql: "WITH x AS (SELECT 1) SELECT * FROM x" }, materialized: false },
  ]);
});

test("what is SQLite's, mig's, excluded or temporary is left out, and what cannot be said is noted", async () => {
  const { connection } = await database(`CREATE TABLE t (a integer PRIMARY KEY AUTOINCREMENT);
CREATE TABLE mig_version (version_num text); CREATE TABLE mig_log (id integer); CREATE INDEX mig_log_id ON mig_log (id);
CREATE TABLE audit_a (a); CREATE INDEX audit_i ON audit_a (a);
create /* a */ virtual
  table words USING fts5 (word); CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END; ANALYZE`);
  await connection.run("CREATE TEMPORARY TABLE fleeting (a)");
  const { schema, notes } = await reflect(connection, { ...scope, exclude: ["audit_*"] });
  expect(schema.tables.map(({ name }) => name)).toEqual(["t"]);
  expect(notes).toEqual([
    { object: "words", what: "is a virtual table" },
    { object: "t.tr", what: "is a trigger" },
  ]);
});

test("a table made from what was read reads the same", async () => {
  const { schema } = await reflected(
    `CREATE TABLE "it's" (id integer NOT NULL, "sel""ect" text(20) DEFAULT 'x' COLLATE NOCASE, n real DEFAULT -1,
  g text GENERATED ALWAYS AS (n + 1) VIRTUAL, CONSTRAINT k PRIMARY KEY (id), CONSTRAINT u UNIQUE ("sel""ect", n),
  CONSTRAINT f FOREIGN KEY (n) REFERENCES "it's" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, CONSTRAINT c CHECK (n > 0)) STRICT;
CREATE INDEX i ON "it's" (n DESC, lower("sel""ect")) WHERE n > 1;
CREATE TABLE w (a blob NOT NULL, b text, CONSTRAINT wk PRIMARY KEY (a)) WITHOUT ROWID`.replace(
      "text(20)",
      "text",
    ),
  );
  const { connection } = await database(
    schema.tables.map((it) => createTable(it, false)).join(";\n"),
  );
  const indexes = schema.tables.flatMap((table) =>
    table.indexes.map((index) => ({ table: table.name, index })),
  );
  const site = { file: "test", line: 1 } as never;
  for (const { table, index } of indexes) {
    const operation = {
      kind: "createIndex",
      table,
      index,
      concurrently: false,
      ifNotExists: false,
      only: false,
    } as const;
    for (const { sql } of await sqlite.compile({ operation, site }, connection))
      await connection.run(sql);
  }
  expect((await reflect(connection, scope)).schema).toEqual(schema);
});
