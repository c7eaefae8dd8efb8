/** The SQL of every operation and every option, compared and run on the real engine. */
import { describe, expect, test } from "vitest";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, recorded, sqlOf } from "./support.ts";

/** A small schema for the operations to work on. */
const schema = `
CREATE TABLE users (id integer, email text, age integer, CONSTRAINT users_pkey PRIMARY KEY (id), CONSTRAINT users_email UNIQUE (email));
CREATE TABLE posts (id integer PRIMARY KEY, author integer CONSTRAINT posts_author REFERENCES users (id), title text, shout text AS (upper(title)) STORED, size integer AS (length(title)));
CREATE INDEX posts_title ON posts (title COLLATE NOCASE DESC) WHERE title IS NOT NULL;
CREATE VIEW titles AS SELECT id, title FROM posts;
CREATE TRIGGER retitle INSTEAD OF UPDATE ON titles BEGIN UPDATE posts SET title = new.title WHERE id = new.id; END;
INSERT INTO users VALUES (1, 'a@b', 30), (2, 'c@d', NULL); INSERT INTO posts (id, author, title) VALUES (1, 1, 'x'), (2, NULL, NULL)`;

/** What an operation is here, and how it is written. */
type Kinds = Readonly<Record<Operation["kind"], "sql" | "nothing" | "refused">>;

const kinds = {
  createTable: "sql",
  dropTable: "sql",
  renameTable: "sql",
  moveTable: "refused",
  alterTable: "sql",
  createIndex: "sql",
  dropIndex: "sql",
  renameIndex: "sql",
  createEnum: "nothing",
  dropEnum: "nothing",
  renameEnum: "nothing",
  addEnumValue: "nothing",
  renameEnumValue: "refused",
  alterEnum: "refused",
  createSchema: "refused",
  dropSchema: "refused",
  renameSchema: "refused",
  createExtension: "refused",
  dropExtension: "refused",
  createSequence: "refused",
  alterSequence: "refused",
  dropSequence: "refused",
  renameSequence: "refused",
  createView: "sql",
  dropView: "sql",
  renameView: "sql",
  refreshView: "refused",
  comment: "nothing",
  createRole: "refused",
  alterRole: "refused",
  dropRole: "refused",
  renameRole: "refused",
  grant: "refused",
  revoke: "refused",
  createPolicy: "refused",
  alterPolicy: "refused",
  dropPolicy: "refused",
  renamePolicy: "refused",
  rowSecurity: "refused",
  insert: "sql",
  execute: "sql",
  run: "nothing",
} as const satisfies Kinds;

const golden: Readonly<Record<string, (op: Op) => void>> = {
  "more-types": (op) =>
    op.createTable("more", [
      t.smallserial("a"),
      t.serial("b"),
      t.bigserial("c"),
      t.enum("d", "mood", { default: "happy" }),
      t.enum("e", { schema: "app", name: "mood" }),
      t.text("f", { array: true, default: sql`'[]'` }),
      t.integer("g", { array: 2 }),
      t.enum("h", "mood", { array: true }),
    ]),
  "strict-types": (op) =>
    op.createTable(
      "strict types",
      [
        t.integer("id", { identity: { generated: "always", startWith: 100 } }),
        t.varchar("a", { length: 5 }),
        t.char("b", { length: 2 }),
        t.numeric("c", { precision: 10, scale: 2 }),
        t.boolean("d", { default: true }),
        t.timestamp("e", { timezone: true }),
        t.time("f", { precision: 3 }),
        t.json("g", { default: [] }),
        t.enum("h", "mood"),
        t.text("i", { array: true }),
        t.bytea("j"),
        t.bigserial("k"),
        t.raw("l", { postgresql: "point", sqlite: "ANY" }),
      ],
      [primaryKey("strict_pkey", ["id"])],
      { strict: true },
    ),
  "table-options": (op) =>
    op.createTable(
      "options",
      [t.text("a"), t.text("b")],
      [primaryKey("options_pkey", ["a"], { include: ["b"], comment: "the key" })],
      { strict: true, withoutRowid: true, ifNotExists: true, comment: "a table" },
    ),
  "auto-increment": (op) =>
    op.createTable(
      "counted",
      [t.text("a"), t.bigint("id", { autoIncrement: true, identity: "always", notNull: true })],
      [primaryKey("counted_pkey", ["id"]), unique("counted_a", ["a"])],
    ),
  "column-options": (op) =>
    op.createTable("columns", [
      t.text("a", { collation: "NOCASE", notNull: true, default: "x", comment: "kept elsewhere" }),
      t.text("b", { collation: { postgresql: "de-DE", sqlite: null } }),
      t.text("c", { generated: sql`a || ${"!"}`, notNull: true }),
      t.text("d", { generated: { as: sql`upper(a)`, stored: false }, collation: "rtrim" }),
    ]),
  "deferrable-keys": (op) =>
    op.createTable(
      "deferred",
      [t.integer("a"), t.integer("b"), t.integer("c")],
      [
        foreignKey("one", ["a"], "users", ["id"], { deferrable: "deferred", onDelete: "cascade" }),
        foreignKey("two", ["b"], "users", ["id"], { deferrable: "immediate", notValid: true }),
        unique("three", ["c"], { include: ["a"], comment: "x" }),
        check("four", "a > b", { notValid: true, comment: "y" }),
      ],
    ),
  "index-options": (op) => {
    op.createIndex(
      "users_all",
      "users",
      [
        { on: "email", order: "desc", nulls: "first", collation: "nocase", operatorClass: "o" },
        { on: sql`age || email`, order: "asc", collation: "RTRIM" },
        { on: sql`age + 1`, nulls: "last" },
      ],
      {
        method: "HASH",
        include: ["id"],
        with: { fillfactor: 70 },
        only: true,
        unique: true,
        comment: "x",
        where: sql`age > 1`,
      },
    );
    op.createIndex("users_btree", "users", ["age"], { method: "btree", concurrently: true });
  },
  "rename-index": (op) => op.renameIndex("posts", "posts_title", "posts_by_title"),
  "create-view": (op) => {
    op.createView("adults", sql`SELECT email FROM users WHERE age > ${17}`);
    op.createView("named", "SELECT id, email FROM users", {
      columns: ["number", "address"],
      with: { security_invoker: true },
      comment: "x",
    });
    op.createView("elsewhere", { postgresql: "SELECT 1", sqlite: null });
    op.createView("adults", sql`SELECT id FROM users`, { orReplace: true });
    op.createView("fresh", sql`SELECT 1 AS one`, { orReplace: true });
  },
  "replace-view": (op) =>
    op.createView("titles", sql`SELECT id, title, author FROM posts`, { orReplace: true }),
  "rename-view": (op) => op.renameView("titles", "headlines"),
  "drop-view": (op) => {
    op.dropView("titles");
    op.dropView("titles", { ifExists: true });
  },
  "add-virtual-column": (op) => {
    op.addColumn("users", t.text("upper", { generated: { as: "upper(email)", stored: false } }));
    op.addColumn("users", t.text("nick", { collation: "NOCASE", comment: "x" }));
  },
  "add-stored-column": (op) =>
    op.addColumn("users", t.text("upper", { generated: sql`upper(email)`, notNull: true })),
  "add-column-backfilled": (op) =>
    op.addColumn("users", t.text("name"), { backfill: sql`lower(email)` }),
  "add-column-backfilled-not-null": (op) =>
    op.addColumn("users", t.text("name", { notNull: true }), { backfill: sql`lower(email)` }),
  "add-column-in-place": (op) =>
    op.batchAlterTable("users", (users) => {
      users.addColumn(t.text("name"), { after: "id" });
      users.addColumn(t.integer("rank", { default: 0 }), { before: "id" });
      users.addColumn(t.text("last"), { after: "age" });
    }),
  "add-counted-key": (op) =>
    op.batchAlterTable("users", (users) => {
      users.dropConstraint("users_pkey");
      users.addConstraint(unique("users_id", ["id"]));
      users.dropColumn("age");
      users.addColumn(t.integer("number", { autoIncrement: true, notNull: true }));
      users.addConstraint(primaryKey("users_number", ["number"]));
    }),
  "alter-generated": (op) =>
    op.batchAlterTable("posts", (posts) => {
      posts.alterColumn("shout", { generated: null, default: "X" });
      posts.alterColumn("size", { generated: null });
      posts.alterColumn("title", { comment: "ignored" });
    }),
  "alter-generated-anew": (op) =>
    op.batchAlterTable("posts", (posts) => {
      posts.alterColumn("shout", { generated: sql`title || '!'` });
      posts.alterColumn("author", { generated: { as: "id * 2", stored: false } });
      posts.dropConstraint("posts_author");
    }),
  "alter-collation": (op) => op.alterColumn("users", "email", { collation: "NOCASE" }),
  "alter-auto-increment": (op) => op.alterColumn("users", "id", { autoIncrement: true }),
  "alter-column-backfilled": (op) =>
    op.alterColumn("users", "age", { backfill: sql`length(email)` }),
  "alter-column-backfilled-not-null": (op) =>
    op.alterColumn("users", "age", { backfill: sql`length(email)`, notNull: true }),
  "alter-column-using-and-backfill": (op) =>
    op.alterColumn("users", "age", { using: sql`age * 2`, backfill: "0", default: 1 }),
  "rename-constraint": (op) =>
    op.batchAlterTable("users", (users) => {
      users.renameConstraint("users_email", "users_email_unique");
      users.renameConstraint("users_pkey", "users key");
    }),
  "rename-column-constraint": (op) =>
    op.renameConstraint("posts", "posts_author", "posts_author_fk"),
  "recreate-always": (op) => {
    op.batchAlterTable("users", (users) => users.addColumn(t.text("name")), { recreate: "always" });
    op.batchAlterTable("users", () => {}, { recreate: "always" });
  },
  "recreate-never": (op) =>
    op.batchAlterTable("users", (users) => users.addColumn(t.text("name")), { recreate: "never" }),
};

const nothing = (op: Op): void => {
  op.createEnum("mood", ["sad", "happy"], { comment: "x" });
  op.createEnum({ schema: "app", name: "mood" }, []);
  op.addEnumValue("mood", "glad", { before: "sad", ifNotExists: true });
  op.renameEnum("mood", "feeling");
  op.dropEnum("feeling", { ifExists: true });
  op.comment({ table: "users" }, "people");
  op.comment({ table: { schema: "app", name: "users" }, column: "email" }, null);
  op.comment({ role: "me" }, "x");
  op.validateConstraint("users", "users_email");
  op.alterColumn("users", "email", { comment: "x" });
  op.alterColumn("users", "email", { comment: null, identity: null });
  op.batchAlterTable("users", (users) => {
    users.validateConstraint("users_pkey");
    users.alterColumn("age", { comment: "years" });
  });
  op.run("nothing", () => {});
};

const refused: readonly ((op: Op) => void)[] = [
  (op) => op.moveTable("users", "app"),
  (op) => op.createSchema("app"),
  (op) => op.dropSchema("app", { ifExists: true }),
  (op) => op.renameSchema("app", "b"),
  (op) => op.createExtension("citext"),
  (op) => op.dropExtension("citext"),
  (op) => op.createSequence("s"),
  (op) => op.alterSequence("s", { increment: 2 }),
  (op) => op.dropSequence("s"),
  (op) => op.renameSequence("s", "r"),
  (op) => op.createView("v", "SELECT 1", { materialized: true }),
  (op) => op.dropView("v", { materialized: true }),
  (op) => op.renameView("v", "w", { materialized: true }),
  (op) => op.refreshView("v"),
  (op) => op.createRole("me"),
  (op) => op.alterRole("me", { login: true }),
  (op) => op.dropRole("me"),
  (op) => op.renameRole("me", "you"),
  (op) => op.grant(["SELECT"], { table: "users" }, ["me"]),
  (op) => op.revoke(["SELECT"], { table: "users" }, ["me"]),
  (op) => op.createPolicy("p", "users"),
  (op) => op.alterPolicy("p", "users", { to: ["me"] }),
  (op) => op.dropPolicy("p", "users"),
  (op) => op.renamePolicy("users", "p", "q"),
  (op) => op.rowSecurity("users", { enabled: true }),
  (op) => op.renameEnumValue("mood", "sad", "down"),
  (op) => op.alterEnum("mood", ["sad"], { columns: [] }),
  // Members of what SQLite has otherwise.
  (op) => op.addConstraint("users", unique("u", ["age"], { nullsNotDistinct: true })),
  (op) => op.addConstraint("users", unique("u", ["age"], { deferrable: "immediate" })),
  (op) => op.createTable("p", [t.text("a")], [primaryKey("k", ["a"], { deferrable: "deferred" })]),
  (op) =>
    op.createTable(
      "p",
      [t.integer("a", { autoIncrement: true })],
      [primaryKey("k", ["a"], { deferrable: "deferred" })],
    ),
  (op) => op.createIndex("i", "users", ["age"], { method: "gin" }),
  (op) => op.createIndex("i", "users", ["age"], { unique: true, nullsNotDistinct: true }),
  (op) => op.createIndex("i", "users", [{ on: "email", collation: "de-DE" }]),
  (op) => op.addColumn("users", t.text("a", { collation: "de-DE" })),
  (op) => op.addColumn("users", t.text("a", { collation: { schema: "main", name: "NOCASE" } })),
  (op) => op.alterColumn("users", "email", { collation: "C" }),
  (op) => op.createTable({ schema: "app", name: "p" }, [t.text("a")]),
  (op) => op.createView({ schema: "app", name: "v" }, "SELECT 1"),
  (op) => op.dropView({ schema: "app", name: "v" }),
  (op) => op.renameView({ schema: "app", name: "v" }, "w"),
  (op) => op.renameIndex({ schema: "app", name: "users" }, "i", "j"),
  (op) => op.addConstraint("users", foreignKey("f", ["age"], { schema: "a", name: "b" }, ["id"])),
];

describe("the SQL of every option, run on a file", () => {
  test.each(Object.entries(golden))("%s", async (name, script) => {
    const db = await database(schema);
    for (const operation of recorded(script)) sqlite.check(operation);
    await expect(`${await sqlOf(db, script)}\n`).toMatchFileSnapshot(
      `../../golden/sqlite/${name}.sql`,
    );
    expect(db.engine.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.engine.pragma("foreign_key_check")).toEqual([]);
  });
});

test("what SQLite does not keep is no statement, and needs no foreign keys off", async () => {
  const db = await database(schema);
  expect(await sqlOf(db, nothing)).toBe("");
  for (const it of recorded(nothing)) {
    sqlite.check(it);
    expect(await sqlite.compile(it, db.connection)).toEqual([]);
    expect(sqlite.suspendsForeignKeys(it.operation)).toBe(false);
  }
});

describe("what SQLite does not have is refused before anything runs", () => {
  test.each(refused.map((script) => [script.toString(), script] as const))(
    "%s",
    (_text, script) => {
      const [it] = recorded(script);
      expect(() => it && sqlite.check(it)).toThrow(/^SQLite has no /);
    },
  );

  test("with advice", () => {
    const advice = (script: (op: Op) => void) => {
      try {
        for (const it of recorded(script)) sqlite.check(it);
      } catch (failure) {
        return (failure as { help: string }).help;
      }
      return "";
    };
    expect(advice((op) => op.createSchema("a"))).toBe('put it in `op.on("postgresql", (op) => …)`');
    expect(advice((op) => op.renameEnumValue("m", "a", "b"))).toContain("op.execute and UPDATE");
    expect(advice((op) => op.alterColumn("u", "a", { collation: "C" }))).toContain(
      '{ postgresql: "C", sqlite: null }',
    );
  });
});

test("every kind of operation is compared, is nothing, or is refused", () => {
  const of = (scripts: readonly ((op: Op) => void)[]) =>
    new Set(scripts.flatMap((it) => recorded(it).map(({ operation }) => operation.kind)));
  const seen: Readonly<Record<"sql" | "nothing" | "refused", ReadonlySet<string>>> = {
    sql: of([
      ...Object.values(golden),
      (op) => {
        // Compared in compile.test.ts.
        op.dropTable("p");
        op.renameTable("p", "q");
        op.dropIndex("i", "p");
        op.insert("p", [{}]);
        op.execute("SELECT 1");
      },
    ]),
    nothing: of([nothing]),
    refused: of(refused),
  };
  const missing = Object.entries(kinds).filter(([kind, what]) => !seen[what].has(kind));
  expect(missing).toEqual([]);
});
