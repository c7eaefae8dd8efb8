import { expect, test } from "vitest";
import { normalise } from "../../../src/dialects/sqlite/normalise.ts";
import { sameText } from "../../../src/dialects/sqlite/normalise-text.ts";
import { reflect } from "../../../src/dialects/sqlite/reflect.ts";
import type { Column, Schema, SchemaTable } from "../../../src/model/schema.ts";
import { database } from "./support.ts";

async function current(sql: string): Promise<Schema> {
  const { connection } = await database(sql);
  return (await reflect(connection, { versionTable: { name: "mig_version" } })).schema;
}

const nothing = { all: () => Promise.reject(new Error("SQLite is not asked")) };

async function normalised(now: Schema, wanted: Schema): Promise<Schema> {
  const { schema, notes } = await normalise(nothing, now, wanted);
  expect(notes).toEqual([]);
  return schema;
}

function withTable(schema: Schema, change: (table: SchemaTable) => SchemaTable): Schema {
  return { ...schema, tables: schema.tables.map(change) };
}

function withColumns(schema: Schema, changes: Readonly<Record<string, Partial<Column>>>): Schema {
  return withTable(schema, (table) => ({
    ...table,
    columns: table.columns.map((it) => ({ ...it, ...changes[it.name] })),
  }));
}

test.each([
  ["age>18", "AGE > 18"],
  [`"users"."age" > 18`, "((age) > 18)", false],
  [`"users"."age" > 18`, "(age > 18)"],
  ["`Users`.[age] > 18", `"AGE" > 18 -- grown up`],
  ["x IN ('a','b')", "x in ( 'a' , 'b' )"],
  ["x = 'A'", "x = 'a'", false],
  ["x = 1", "x = '1'", false],
  ["x = 1", "x = 1.0", false],
  [`"true"`, "true", false],
  ["(a) or (b)", "a or b", false],
  ["x'ab'", "X'AB'"],
  [`posts.age > 1`, "age > 1", false],
  [`"odd name" > 1`, "`odd name` > 1"],
])("%s and %s", (a, b, same = true) => {
  expect(sameText(a, b, "users")).toBe(same);
  expect(sameText(b, a, "users")).toBe(same);
});

const rich = `CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(20) DEFAULT 'x', b INTEGER DEFAULT true, at text DEFAULT (CURRENT_TIMESTAMP),
  n numeric DEFAULT (-1), g text GENERATED ALWAYS AS (upper(name)) STORED, CONSTRAINT ck CHECK (b IN (0, 1)), UNIQUE (name));
CREATE INDEX i ON users (lower(name), at DESC) WHERE b = 1;
CREATE VIEW v AS SELECT id FROM users`;

test("what was reflected stays as it is", async () => {
  const now = await current(rich);
  expect(await normalised(now, now)).toEqual(now);
});

test("what says the same, as Drizzle writes it", async () => {
  const now = await current(rich);
  const desired = withTable(
    withColumns(now, {
      id: { notNull: true, identity: { generated: "byDefault", options: {} } },
      name: {
        type: { kind: "raw", postgresql: "varchar (20)", sqlite: "varchar (20)" },
        default: "x",
      },
      b: { type: { kind: "boolean" }, default: true },
      at: { type: { kind: "timestamp" }, default: { sql: "current_timestamp" }, comment: "when" },
      n: { default: -1 },
      g: { generated: { as: { sql: `upper("users"."name")` }, stored: true } },
    }),
    (table) => ({
      ...table,
      comment: "users",
      constraints: table.constraints.map((it) =>
        it.kind === "check" ? { ...it, expression: { sql: `"users"."b" in (0,1)` } } : it,
      ),
      indexes: [
        {
          name: "i",
          columns: [
            { of: { sql: `lower("users"."name")` }, order: "asc" },
            { of: { sql: `"users"."at" desc` } },
          ],
          where: { sql: `"users"."b" = 1` },
          unique: false,
          method: "btree",
        },
      ],
    }),
  );
  const views = [
    { name: "v", definition: { sql: `select "id" from "users"` }, materialized: false },
  ];
  expect(await normalised(now, { ...desired, views })).toEqual(now);
});

test("what differs keeps the words of the project", async () => {
  const now = await current(rich);
  const desired = withColumns(now, {
    name: { type: { kind: "text" }, default: "y" },
    b: { default: { sql: "'1'" } },
    g: { generated: { as: { sql: `lower("users"."name")` }, stored: true } },
  });
  expect(await normalised(now, desired)).toEqual(desired);
});

test("a default of NULL is none, and a key says NOT NULL where it always is", async () => {
  const now = await current(
    "CREATE TABLE a (id integer PRIMARY KEY, x text); CREATE TABLE b (p text, q text, PRIMARY KEY (p, q)) WITHOUT ROWID",
  );
  const desired = withTable(now, ({ withoutRowid: _, ...table }) => ({
    ...table,
    columns: table.columns.map(({ notNull: _, ...it }) => ({ ...it, default: null })),
  }));
  const expected = withTable(now, ({ withoutRowid: _, ...table }) => table);
  expect(await normalised(now, desired)).toEqual(expected);
});

test("a default in double quotes, or without any, is a text", async () => {
  const now = await current(
    `CREATE TABLE t (a text DEFAULT "x", b text DEFAULT y, c text DEFAULT "it's")`,
  );
  const desired = withColumns(now, {
    a: { default: { sql: `"x"` } },
    b: { default: { sql: "y" } },
    c: { default: { sql: `"it's"` } },
  });
  expect(await normalised(now, desired)).toEqual(now);
});
