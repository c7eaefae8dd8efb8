import { describe, expect, test } from "vitest";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, recorded, sqlOf, textOf, upgrade } from "./support.ts";

/** A small schema for the operations to work on. */
const schema = `
CREATE TABLE users (id integer PRIMARY KEY, email text, age integer);
CREATE TABLE posts (id integer PRIMARY KEY, author integer REFERENCES users (id) ON DELETE CASCADE, title text);
CREATE INDEX posts_title ON posts (title);
INSERT INTO users VALUES (1, 'a@b', 30), (2, 'c@d', NULL); INSERT INTO posts VALUES (1, 1, 'x')`;

const golden: Readonly<Record<string, (op: Op) => void>> = {
  "every-type": (op) =>
    op.createTable("all types", [
      t.text("a"),
      t.varchar("b", { length: 5 }),
      t.varchar("c"),
      t.char("d", { length: 2 }),
      t.smallint("e"),
      t.integer("f"),
      t.bigint("g"),
      t.real("h"),
      t.doublePrecision("i"),
      t.numeric("j", { precision: 10, scale: 2 }),
      t.boolean("k"),
      t.date("l"),
      t.time("m"),
      t.timestamp("n", { timezone: true }),
      t.interval("o"),
      t.json("p"),
      t.jsonb("q"),
      t.uuid("r"),
      t.bytea("s"),
      t.raw("t", { postgresql: "point", sqlite: "blob" }),
    ]),
  "create-table": (op) =>
    op.createTable(
      "comments",
      [
        t.bigint("id", { notNull: true, identity: "always" }),
        t.integer("post", { notNull: true, default: 1 }),
        t.text("body", { notNull: true, default: "it's" }),
        t.boolean("seen", { default: false }),
        t.timestamp("at", { notNull: true, default: sql`CURRENT_TIMESTAMP` }),
        t.real("score", { default: -1.5 }),
        t.json("tags", { default: ["a"] }),
        t.bytea("raw", { default: new Uint8Array([1]) }),
        t.integer("when", { default: { postgresql: sql`now()`, sqlite: sql`unixepoch()` } }),
      ],
      [
        primaryKey("comments_pkey", ["id"]),
        unique("comments_body", ["post", "body"]),
        check("comments_score", sql`score > ${-5} OR score IS NULL`),
        foreignKey("comments_post", ["post"], "posts", ["id"], {
          onDelete: "set null",
          onUpdate: "no action",
        }),
      ],
    ),
  "drop-table": (op) => {
    op.dropTable("posts");
    op.dropTable("nothing", { ifExists: true });
  },
  "rename-table": (op) => {
    op.renameTable("users", "people");
    op.renameTable("people", "People");
  },
  "add-columns": (op) => {
    op.addColumn("users", t.text("name"));
    op.addColumn("users", t.boolean("active", { notNull: true, default: true }));
    op.addColumn("posts", t.text("slug", { default: sql`'x'` }));
  },
  "add-column-with-an-expression": (op) =>
    op.addColumn("users", t.timestamp("at", { notNull: true, default: sql`CURRENT_TIMESTAMP` })),
  "rename-column": (op) => op.renameColumn("users", "email", "mail"),
  "drop-column": (op) => op.dropColumn("users", "age"),
  "alter-column": (op) =>
    op.alterColumn("users", "age", {
      type: t.text("age").type,
      default: "none",
      using: sql`coalesce(age, 'none')`,
    }),
  "set-not-null": (op) => op.alterColumn("users", "email", { notNull: true }),
  "add-check": (op) => op.addConstraint("users", check("adult", "age >= 18")),
  "add-foreign-key": (op) =>
    op.addConstraint("posts", foreignKey("original", ["id"], "posts", ["id"])),
  batch: (op) =>
    op.batchAlterTable("posts", (posts) => {
      posts.addColumn(t.text("slug"));
      posts.alterColumn("title", { notNull: true });
      posts.renameColumn("author", "author_id");
      posts.addConstraint(unique("posts_slug", ["slug", "author_id"]));
    }),
  indexes: (op) => {
    op.createIndex("users_email", "users", ["email", sql`lower(email) DESC`], {
      unique: true,
      where: sql`age > ${3}`,
      concurrently: true,
    });
    op.createIndex("users_age", "users", ["age"], { ifNotExists: true });
    op.dropIndex("users_age", "users", { concurrently: true });
    op.dropIndex("users_age", "users", { ifExists: true });
  },
  insert: (op) =>
    op.insert("users", [
      { id: 3, email: "it's", age: null },
      { id: 4n, email: sql`lower('X')`, age: 1 },
      { email: "y" },
      {},
    ]),
  execute: (op) => {
    op.execute(
      "CREATE TRIGGER g AFTER INSERT ON users BEGIN SELECT 1; END; -- then\nUPDATE users SET age = 1;",
    );
    op.execute(sql`DELETE FROM users WHERE email = ${"x"}`);
    op.execute({ postgresql: "VACUUM", sqlite: null });
    op.run("nothing", () => {});
  },
};

describe("the SQL of every operation, run on a file", () => {
  test.each(Object.entries(golden))("%s", async (name, script) => {
    const db = await database(schema);
    await expect(`${await sqlOf(db, script)}\n`).toMatchFileSnapshot(
      `../../golden/sqlite/${name}.sql`,
    );
    expect(db.engine.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.engine.pragma("foreign_key_check")).toEqual([]);
  });
});

describe("what the engine makes of it", () => {
  test("identity is the rowid, and the schema says the same of both spellings", async () => {
    const db = await database();
    await upgrade(db, (op) =>
      op.createTable(
        "p",
        [t.bigint("id", { identity: "byDefault", notNull: true }), t.text("a")],
        [primaryKey("k", ["id"])],
      ),
    );
    db.engine.exec("INSERT INTO p(a) VALUES ('x'), ('y')");
    expect(db.engine.prepare("SELECT rowid AS r, id AS i FROM p").raw().all()).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test.each([
    ["no key", () => [t.integer("id", { identity: "always" })], []],
    [
      "a key of two",
      () => [t.integer("id", { identity: "always" }), t.integer("b")],
      [primaryKey("k", ["id", "b"])],
    ],
    ["a text", () => [t.text("id", { identity: "always" })], [primaryKey("k", ["id"])]],
  ] as const)("identity of %s is refused", async (_what, columns, constraints) => {
    const db = await database();
    await expect(
      upgrade(db, (op) => op.createTable("p", columns(), constraints)),
    ).rejects.toMatchObject({ code: "OPERATION_INVALID" });
  });

  test("a table without columns is refused", async () => {
    await expect(upgrade(await database(), (op) => op.createTable("p", []))).rejects.toThrow(
      "at least one column",
    );
  });

  test("many rows go in several statements, in their order", async () => {
    const db = await database("CREATE TABLE p(a int, b text)");
    const rows = Array.from({ length: 1201 }, (_, a) => ({
      a,
      b: a === 600 ? "x".repeat(99_999) : "y",
    }));
    const sent = await upgrade(db, (op) => op.insert("p", rows));
    expect(sent).toHaveLength(5);
    expect(db.engine.prepare("SELECT a FROM p ORDER BY rowid").pluck().all()).toEqual(
      rows.map(({ a }) => a),
    );
  });

  test("a renamed table takes its keys, views, triggers and numbers along", async () => {
    const db = await database(`${schema}; CREATE VIEW v AS SELECT email FROM users;
      CREATE TRIGGER g AFTER DELETE ON posts BEGIN UPDATE users SET age = 0; END`);
    await upgrade(db, (op) => op.renameTable("users", "people"));
    expect(textOf(db.engine, "posts")).toContain('REFERENCES "people" (id)');
    expect(db.engine.prepare("SELECT * FROM v").all()).toHaveLength(2);
    await expect(upgrade(db, (op) => op.renameTable("people", "posts"))).rejects.toThrow(
      "there is already another table",
    );
  });

  test("a view that is broken already stops a rename, and nothing is changed", async () => {
    const db = await database(`${schema}; CREATE VIEW v AS SELECT * FROM nowhere`);
    await expect(upgrade(db, (op) => op.renameTable("users", "people"))).rejects.toThrow(
      "error in view v: no such table: main.nowhere",
    );
    expect(textOf(db.engine, "users")).toContain("CREATE TABLE users");
  });

  test("a table that others refer to is dropped only with their rows", async () => {
    const db = await database(schema);
    await expect(upgrade(db, (op) => op.dropTable("users"))).rejects.toMatchObject({
      code: "FOREIGN_KEYS_BROKEN",
    });
    expect(db.engine.prepare("SELECT count(*) FROM posts").pluck().get()).toBe(1);
    await upgrade(db, (op) => {
      op.dropTable("users");
      op.dropTable("posts");
    });
  });

  test("a type that SQLite spells the same changes nothing", async () => {
    const db = await database("CREATE TABLE p(a integer, b text)");
    const sent = await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.alterColumn("a", { type: t.bigint("a").type });
        p.alterColumn("b", { type: t.uuid("b").type, notNull: false });
      }),
    );
    expect(sent.filter(({ verify }) => !verify)).toEqual([]);
  });

  test("a file is changed natively where that is exact, and a scratch, whose script may meet an older engine, is not", async () => {
    const script = (op: Op) => op.alterColumn("users", "email", { notNull: true });
    expect(await sqlOf(await database(schema), script)).not.toContain("DROP TABLE");
    const scratch = await sqlite.scratch();
    await scratch?.run("CREATE TABLE users(email)");
    const statements = await Promise.all(
      recorded(script).map((it) => sqlite.compile(it, scratch as never)),
    );
    expect(statements.flat().some(({ sql: text }) => text.startsWith("DROP TABLE"))).toBe(true);
    await scratch?.close();
  });

  test("a check for which a row gives NULL is one that holds, whatever ALTER TABLE says", async () => {
    const db = await database(schema);
    expect(
      await sqlOf(db, (op) => op.addConstraint("users", check("adult", "age >= 18"))),
    ).toContain("UPDATE sqlite_schema");
    db.engine.exec("UPDATE users SET age = 18 WHERE age IS NULL");
    expect(await sqlOf(db, (op) => op.addConstraint("users", check("old", "age >= 8")))).toBe(
      'ALTER TABLE "users" ADD CONSTRAINT "old" CHECK (age >= 8);',
    );
  });

  test("a comment that ALTER TABLE would swallow makes it a rebuild", async () => {
    const db = await database("CREATE TABLE p(a int, b text /* why */ NOT NULL)");
    await upgrade(db, (op) => op.alterColumn("p", "b", { notNull: false }));
    expect(textOf(db.engine, "p")).toBe("CREATE TABLE p(a int, b text /* why */)");
  });
});

test("foreign keys are suspended by what drops or rebuilds, and by nothing else", () => {
  const suspends = (script: (op: Op) => void) =>
    recorded(script).map(({ operation }) => sqlite.suspendsForeignKeys(operation));
  expect(
    suspends((op) => {
      op.dropTable("p");
      op.dropColumn("p", "a");
      op.alterColumn("p", "a", { notNull: true });
      op.addConstraint("p", unique("u", ["a"]));
      op.dropConstraint("p", "u");
      op.addColumn("p", t.timestamp("at", { default: sql`CURRENT_TIMESTAMP` }));
    }),
  ).toEqual([true, true, true, true, true, true]);
  expect(
    suspends((op) => {
      op.createTable("p", [t.text("a")]);
      op.addColumn("p", t.text("b", { notNull: true, default: "x" }));
      op.renameColumn("p", "a", "b");
      op.renameTable("p", "q");
      op.createIndex("i", "p", ["a"]);
      op.dropIndex("i", "p");
      op.insert("p", [{ a: 1 }]);
      op.execute("SELECT 1");
      op.run("x", () => {});
    }),
  ).toEqual([false, false, false, false, false, false, false, false, false]);
});

test.each([
  ["VACUUM", "VACUUM"],
  ["UPDATE t SET a = 1; /* then */ vacuum into 'x'", "VACUUM"],
  ["PRAGMA journal_mode = WAL", "PRAGMA journal_mode"],
  ["PRAGMA main.journal_mode(WAL)", "PRAGMA journal_mode"],
  ["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys"],
  ["PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA wal_checkpoint"],
  ["BEGIN; SELECT 1; COMMIT", "BEGIN"],
  ["PRAGMA journal_mode", null],
  ["PRAGMA user_version = 3", null],
  ["SAVEPOINT a; ROLLBACK TO a; RELEASE a", null],
  ["CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END", null],
  ["SELECT 'VACUUM'", null],
])("%s in a transaction: %s", (text, refused) => {
  expect(sqlite.refusesTransaction({ kind: "execute", sql: text })).toBe(refused);
});

test("only the user's own SQL and work go without a transaction", () => {
  const goes = (script: (op: Op) => void) =>
    sqlite.goesWithoutTransaction(recorded(script).map(({ operation }) => operation));
  expect(goes((op) => op.createIndex("i", "p", ["a"], { concurrently: true }))).toBe(false);
  expect(goes((op) => op.execute("VACUUM"))).toBe(true);
  expect(goes((op) => op.run("x", () => {}))).toBe(true);
});

test("a script's revision stands in a transaction, with foreign keys off around it", () => {
  expect(sqlite.scriptEnvelope({ transaction: true, suspendForeignKeys: true })).toEqual({
    before: ["PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE"],
    after: ["COMMIT", "PRAGMA foreign_keys = ON"],
  });
  expect(sqlite.scriptEnvelope({ transaction: false, suspendForeignKeys: false })).toEqual({
    before: [],
    after: [],
  });
});
