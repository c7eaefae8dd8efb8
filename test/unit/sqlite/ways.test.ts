/** Which way a change goes, and that each way gives the same. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import BetterSqlite3 from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, dump, project, sqlOf, type TestDatabase, textOf, upgrade } from "./support.ts";

const varchar = t.varchar("any", { length: 9 }).type;

/** The way that `script` goes, by its statements. */
async function wayOf(db: TestDatabase, script: (op: Op) => void): Promise<string> {
  const statements = await sqlOf(db, script);
  expect(db.engine.pragma("integrity_check", { simple: true })).toBe("ok");
  if (/^INSERT .*SELECT \*/m.test(statements)) return "transfer";
  if (statements.includes("DROP TABLE")) return "copy";
  return statements.includes("UPDATE sqlite_schema") ? "text" : "native";
}

describe("the cheapest way", () => {
  const setup = `
    CREATE TABLE o(id integer primary key); INSERT INTO o VALUES (1);
    CREATE TABLE p(id integer primary key, a int DEFAULT 1 CHECK (a > 0), b text NOT NULL, c text, CONSTRAINT u UNIQUE (b, a),
      CONSTRAINT k CHECK (b <> 'z'), CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id));
    INSERT INTO p VALUES (1, 1, 'x', 'y'), (2, 1, 'y', 'y'); CREATE INDEX i ON p(c DESC) WHERE c > '';`;
  const ways: Readonly<Record<string, [way: string, script: (op: Op) => void]>> = {
    "a column more": ["native", (op) => op.addColumn("p", t.text("d", { default: "x" }))],
    "not null alone": ["native", (op) => op.alterColumn("p", "c", { notNull: true })],
    "a default": ["text", (op) => op.alterColumn("p", "c", { default: "x" })],
    "another default": ["text", (op) => op.alterColumn("p", "a", { default: 2 })],
    "no default": ["text", (op) => op.alterColumn("p", "a", { default: null })],
    "an expression as default": [
      "text",
      (op) => op.alterColumn("p", "a", { default: sql`abs(-1)` }),
    ],
    "not null and a default": [
      "text",
      (op) => op.alterColumn("p", "c", { notNull: true, default: "x" }),
    ],
    "nullable and a default": [
      "text",
      (op) => op.alterColumn("p", "b", { notNull: false, default: "x" }),
    ],
    "a foreign key more": [
      "text",
      (op) => op.addConstraint("p", foreignKey("g", ["a"], "o", ["id"], { onDelete: "cascade" })),
    ],
    "a foreign key less": ["text", (op) => op.dropConstraint("p", "f")],
    "a type that is stored alike": ["text", (op) => op.alterColumn("p", "c", { type: varchar })],
    "a column more, and a default": [
      "text",
      (op) => {
        op.addColumn("p", t.text("d", { default: "x" }));
        op.alterColumn("p", "c", { default: "x" });
      },
    ],
    "a column less, and a foreign key": [
      "text",
      (op) => {
        op.addColumn("p", t.text("d"));
        op.dropConstraint("p", "f");
        op.dropColumn("p", "d");
      },
    ],
    "a unique constraint less": ["transfer", (op) => op.dropConstraint("p", "u")],
    "a unique constraint more": ["copy", (op) => op.addConstraint("p", unique("v", ["id", "c"]))],
    "a type that is stored otherwise": [
      "copy",
      (op) => op.alterColumn("p", "a", { type: t.text("a").type }),
    ],
    "a unique constraint less, and a default": [
      "copy",
      (op) => {
        op.dropConstraint("p", "u");
        op.alterColumn("p", "a", { default: 2 });
      },
    ],
    "a value": ["copy", (op) => op.alterColumn("p", "c", { using: sql`upper(c)` })],
  };
  test.each(Object.entries(ways))("%s", async (_what, [way, script]) => {
    const db = await database(setup);
    const before = dump(db.engine).rows;
    expect(await wayOf(db, script)).toBe(way);
    if (way === "text" || way === "transfer") {
      const rows = db.engine.prepare("SELECT id, a, b, c FROM p").raw().all();
      expect(rows).toEqual([
        [1, 1, "x", "y"],
        [2, 1, "y", "y"],
      ]);
      expect(Object.keys(dump(db.engine).rows)).toEqual(Object.keys(before));
    }
  });

  test.each([
    [
      "the key",
      "CREATE TABLE p(id INT, x text, CONSTRAINT k PRIMARY KEY (id)); CREATE INDEX i ON p(x)",
      "k",
    ],
    [
      "a key of two",
      "CREATE TABLE p(id INT, x text, CONSTRAINT k PRIMARY KEY (id, x), UNIQUE (x))",
      "k",
    ],
  ])("a transfer without %s keeps rowids", async (_what, definition, name) => {
    const db = await database(
      `${definition}; INSERT INTO p(rowid, id, x) VALUES (7, 1, 'a'), (99, 2, 'b')`,
    );
    expect(await wayOf(db, (op) => op.dropConstraint("p", name))).toBe("transfer");
    expect(db.engine.prepare("SELECT rowid, x FROM p").raw().all()).toEqual([
      [7, "a"],
      [99, "b"],
    ]);
  });

  test("rows without a key and an index are copied, for a transfer would number them anew", async () => {
    const db = await database(
      "CREATE TABLE p(x text, CONSTRAINT u UNIQUE (x)); INSERT INTO p(rowid, x) VALUES (7, 'a'), (99, 'b')",
    );
    expect(await wayOf(db, (op) => op.dropConstraint("p", "u"))).toBe("copy");
    expect(db.engine.prepare("SELECT rowid, x FROM p").raw().all()).toEqual([
      [7, "a"],
      [99, "b"],
    ]);
  });

  test("a transfer keeps indexes, triggers, numbers, statistics and what refers to it", async () => {
    const db = await database(`
      CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text COLLATE NOCASE, "select" int, CONSTRAINT u UNIQUE (x));
      INSERT INTO p VALUES (1, 'a', 1), (2, 'b', 2), (9, 'c', 3); DELETE FROM p WHERE id = 9;
      CREATE INDEX "i ""1" ON p("select" DESC, lower(x)) /* why */; CREATE UNIQUE INDEX i2 ON "p" (x) WHERE "select" > 0;
      CREATE TRIGGER g AFTER INSERT ON p BEGIN UPDATE p SET "select" = 7 WHERE id = new.id; END;
      CREATE VIEW v AS SELECT x FROM p; CREATE TABLE c(p REFERENCES p ON DELETE CASCADE); INSERT INTO c VALUES (1);
      CREATE TABLE _mig_i2(x); ANALYZE`);
    const before = dump(db.engine);
    expect(await wayOf(db, (op) => op.dropConstraint("p", "u"))).toBe("transfer");
    const after = dump(db.engine);
    expect(after.rows).toEqual(before.rows);
    const others = (rows: typeof before.schema) =>
      rows.filter(({ name }) => name !== "p" && !name.startsWith("sqlite_autoindex"));
    expect(others(after.schema)).toEqual(others(before.schema));
    db.engine.exec("INSERT INTO p(x) VALUES ('d')");
    expect(db.engine.prepare(`SELECT id, "select" FROM p WHERE x = 'D'`).raw().all()).toEqual([
      [10, 7],
    ]);
  });
});

describe("a row that is older than a column reads the default", () => {
  const setups: Readonly<Record<string, string>> = {
    "of a table": "CREATE TABLE p(id integer primary key, a text)",
    "of a strict table": "CREATE TABLE p(id integer primary key, a text) STRICT",
    "of a table without rowids":
      "CREATE TABLE p(id integer, a text, primary key (id)) WITHOUT ROWID",
  };
  test.each(Object.entries(setups))("%s: another default goes by a copy", async (_what, table) => {
    const db =
      await database(`${table}; INSERT INTO p VALUES (1, 'x'); ALTER TABLE p ADD COLUMN b text DEFAULT 'old';
      ALTER TABLE p ADD COLUMN c int; CREATE INDEX i ON p(b); INSERT INTO p VALUES (2, 'y', 'own', 3)`);
    const before = dump(db.engine).rows;
    expect(await wayOf(db, (op) => op.alterColumn("p", "b", { default: "new" }))).toBe("copy");
    expect(dump(db.engine).rows).toEqual(before);
    // The copy holds it: now the way is free.
    expect(await wayOf(db, (op) => op.alterColumn("p", "b", { default: "newer" }))).toBe("text");
    expect(dump(db.engine).rows).toEqual(before);
    expect(await wayOf(db, (op) => op.alterColumn("p", "c", { default: 3 }))).toBe("text");
    expect(dump(db.engine).rows).toEqual(before);
  });

  test("a default where there was none, and none where there was one", async () => {
    const db = await database(
      "CREATE TABLE p(id integer primary key); INSERT INTO p VALUES (1); ALTER TABLE p ADD COLUMN a; ALTER TABLE p ADD COLUMN b DEFAULT 1",
    );
    const before = dump(db.engine).rows;
    expect(await wayOf(db, (op) => op.alterColumn("p", "b", { default: null }))).toBe("copy");
    db.engine.exec(
      "CREATE TABLE q(id integer primary key); INSERT INTO q VALUES (1); ALTER TABLE q ADD COLUMN a",
    );
    expect(await wayOf(db, (op) => op.alterColumn("q", "a", { default: 5 }))).toBe("copy");
    expect(dump(db.engine).rows).toEqual({ ...before, q: [{ "the rowid": 1n, id: 1n, a: null }] });
  });

  test("the default of another column is free to change", async () => {
    const db = await database(
      "CREATE TABLE p(id integer primary key, a); INSERT INTO p VALUES (1, 1); ALTER TABLE p ADD COLUMN b DEFAULT 1",
    );
    expect(await wayOf(db, (op) => op.alterColumn("p", "a", { default: 5 }))).toBe("text");
    expect(db.engine.prepare("SELECT a, b FROM p").raw().all()).toEqual([[1, 1]]);
  });

  test("a column that comes and gets another default at once", async () => {
    const db = await database("CREATE TABLE p(id integer primary key); INSERT INTO p VALUES (1)");
    await upgrade(db, (op) => {
      op.addColumn("p", t.integer("a", { default: 1 }));
      op.alterColumn("p", "a", { default: 2 });
    });
    db.engine.exec("INSERT INTO p(id) VALUES (2)");
    expect(db.engine.prepare("SELECT a FROM p").pluck().all()).toEqual([1, 2]);
  });

  test("a type of a strict table beside a default, and a row in the way of it", async () => {
    const db = await database(
      "CREATE TABLE p(id integer primary key, a ANY, b int) STRICT; INSERT INTO p VALUES (1, x'00', 1)",
    );
    const change = (op: Op) => {
      op.alterColumn("p", "a", { type: t.bytea("a").type, default: new Uint8Array([1]) });
      op.alterColumn("p", "b", { notNull: true });
    };
    expect(await wayOf(db, change)).toBe("text");
    db.engine.exec("INSERT INTO p VALUES (2, x'01', 1)");
    await upgrade(db, (op) => op.alterColumn("p", "b", { notNull: false }));
    db.engine.exec("INSERT INTO p VALUES (3, x'01', NULL)");
    await expect(
      upgrade(db, (op) => op.alterColumn("p", "b", { notNull: true, default: 1 })),
    ).rejects.toThrow('1 row of "p" have no value in "b"');
  });

  test("not null that goes, and a type, leave what it reads", async () => {
    const db = await database(`CREATE TABLE p(id integer primary key); INSERT INTO p VALUES (1);
      ALTER TABLE p ADD COLUMN a decimal(5) NOT NULL DEFAULT '7'; ALTER TABLE p ADD COLUMN b real DEFAULT 3`);
    const before = dump(db.engine).rows;
    const change = (op: Op) =>
      op.batchAlterTable("p", (p) => {
        p.alterColumn("a", { notNull: false, type: t.numeric("a").type });
        p.alterColumn("b", { type: t.doublePrecision("b").type });
      });
    expect(await wayOf(db, change)).toBe("text");
    expect(dump(db.engine).rows).toEqual(before);
  });
});

describe("the schema's own text", () => {
  const setup = "CREATE TABLE p(a int, x text CHECK (x <> 'y')); INSERT INTO p VALUES (1, 'x')";

  test("is closed again behind a change, and behind one that failed", async () => {
    const db = await database(setup);
    const edit = "UPDATE sqlite_schema SET sql = 'broken'";
    await upgrade(db, (op) => op.alterColumn("p", "x", { default: "z" }));
    await expect(db.connection.run(edit)).rejects.toThrow("may not be modified");
    await expect(
      upgrade(db, (op) => {
        op.alterColumn("p", "x", { default: "w" });
        op.execute("SELECT nonsense");
      }),
    ).rejects.toThrow("nonsense");
    await expect(db.connection.run(edit)).rejects.toThrow("may not be modified");
    expect(await db.connection.all("PRAGMA writable_schema")).toEqual([{ writable_schema: 0 }]);
  });

  test("is what it was when the revision fails, for this connection, too", async () => {
    const db = await database(setup);
    const before = dump(db.engine);
    await expect(
      upgrade(db, (op) => {
        op.alterColumn("p", "x", { default: "w", notNull: true });
        op.execute("SELECT nonsense");
      }),
    ).rejects.toThrow("nonsense");
    expect(dump(db.engine)).toEqual(before);
    await db.connection.run("INSERT INTO p(a) VALUES (2)");
    expect(await db.connection.all("SELECT x FROM p WHERE a = 2")).toEqual([{ x: null }]);
  });

  test("is read anew by connections that knew the old one", async () => {
    const db = await database(setup);
    const insert = db.engine.prepare("INSERT INTO p(a) VALUES (?)");
    insert.run(2);
    await upgrade(db, (op) => op.alterColumn("p", "x", { default: "w" }));
    insert.run(3);
    expect(db.engine.prepare("SELECT x FROM p").pluck().all()).toEqual(["x", null, "w"]);
  });

  test("is whole after a process that was killed before it committed", async () => {
    const db =
      await database(`${setup}; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO p SELECT i, 'x' FROM n`);
    await db.connection.close();
    const before = dump(db.engine);
    db.engine.close();
    const killed = spawnSync(process.execPath, ["-e", killedEdit, db.path], { cwd: project });
    expect(killed.signal).toBe("SIGKILL");
    expect(killed.stdout.toString()).toBe("DEFAULT 5");
    const { default: Driver } = await import("better-sqlite3");
    const engine = new Driver(db.path);
    expect(dump(engine)).toEqual(before);
    expect(engine.pragma("integrity_check", { simple: true })).toBe("ok");
    engine.close();
  });

  test("is not edited in a script, whose shell may be of another engine", async () => {
    const db = await database(setup);
    const { sqlite } = await import("../../../src/dialects/sqlite/index.ts");
    const { recorded } = await import("./support.ts");
    const scratch = await sqlite.scratch();
    await scratch?.run("CREATE TABLE p(a int, x text)");
    for (const it of recorded((op) => op.alterColumn("p", "x", { default: "z" }))) {
      const statements = await sqlite.compile(it, scratch as never);
      expect(statements.some(({ edits }) => edits)).toBe(false);
      expect(statements.map(({ sql: text }) => text).join()).toContain("DROP TABLE");
    }
    await scratch?.close();
    expect(textOf(db.engine, "p")).toContain("CHECK");
  });

  test("keeps constraints that are not spoken of, and the file as it is in size", async () => {
    const db = await database(`${setup}; INSERT INTO p SELECT 1, hex(randomblob(2000)) FROM p`);
    const size = readFileSync(db.path).length;
    await upgrade(db, (op) => {
      op.alterColumn("p", "x", { default: "z" });
      op.addConstraint("p", check("c", "a > 0"));
    });
    expect(readFileSync(db.path).length).toBe(size);
    expect(() => db.engine.exec("INSERT INTO p VALUES (1, 'y')")).toThrow("CHECK");
    expect(() => db.engine.exec("INSERT INTO p VALUES (0, 'z')")).toThrow("CHECK");
  });

  test("does not get a key that would be stored otherwise", async () => {
    const db = await database(setup);
    expect(await wayOf(db, (op) => op.addConstraint("p", primaryKey("k", ["a"])))).toBe("copy");
  });
});

/** Edits the schema as a revision does, touches every page, and dies. */
const killedEdit = `
const db = new (require("better-sqlite3"))(process.argv[1]);
db.pragma("cache_size = 10");
db.exec("BEGIN IMMEDIATE");
db.unsafeMode(true);
db.pragma("writable_schema = ON");
db.exec("UPDATE sqlite_schema SET sql = 'CREATE TABLE p(a int, x text DEFAULT 5)' WHERE name = 'p'");
db.pragma("schema_version = 99");
db.pragma("writable_schema = RESET");
db.unsafeMode(false);
db.exec("UPDATE p SET a = a + 1");
require("fs").writeSync(1, db.prepare("SELECT sql FROM sqlite_schema").pluck().get().match(/DEFAULT 5/)[0]);
process.kill(process.pid, "SIGKILL");
`;

describe("an edit of the text that reads no rows for anything else", () => {
  const setup = `PRAGMA foreign_keys = OFF; CREATE TABLE o(id integer primary key);
    CREATE TABLE p(id integer primary key, a int CHECK (a > 0), t text, CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id));`;
  const fill =
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO p SELECT i, i, hex(randomblob(40)) FROM n;";
  const drop = (op: Op) => op.dropConstraint("p", "f");

  test("is followed by a look at what is stored, and damage stops it", async () => {
    const whole = await database(setup + fill);
    const page = Number(whole.engine.pragma("page_size", { simple: true }));
    const leaves = whole.engine
      .prepare("SELECT pageno FROM dbstat WHERE name = 'p' AND pagetype = 'leaf'")
      .pluck()
      .all() as number[];
    whole.engine.close();
    // Two rows change places: each can be read, and the tree is none any more.
    const file = openSync(whole.path, "r+");
    const cells = ((leaves.at(-1) ?? 2) - 1) * page + 8;
    const [one, other] = [Buffer.alloc(2), Buffer.alloc(2)];
    readSync(file, one, 0, 2, cells);
    readSync(file, other, 0, 2, cells + 2);
    writeSync(file, Buffer.concat([other, one]), 0, 4, cells);
    closeSync(file);
    await expect(upgrade(whole, drop)).rejects.toThrow("what it stores is damaged");
    const engine = new BetterSqlite3(whole.path, { readonly: true });
    expect(textOf(engine, "p")).toContain("FOREIGN KEY");
    engine.close();
  });

  test("takes no notice of a row that fails another constraint already", async () => {
    const db = await database(`${setup} PRAGMA ignore_check_constraints = ON;
      INSERT INTO p VALUES (1, -1, 'x'); PRAGMA ignore_check_constraints = OFF;`);
    expect(db.engine.pragma("quick_check", { simple: true })).toContain("CHECK");
    await upgrade(db, drop);
    expect(textOf(db.engine, "p")).not.toContain("FOREIGN KEY");
  });
});
