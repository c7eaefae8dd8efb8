import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { eq } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import type { Connection } from "../../../src/dialects/dialect.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { StatementError } from "../../../src/dialects/statement.ts";
import { sql } from "../../../src/operations/sql.ts";
import { connectTo, database, later, project, targetOf, temporaryFolder } from "./support.ts";

const send = (connection: Connection, text: string) => connection.send({ sql: text, from: null });

describe("a URL", () => {
  test.each([
    "sqlite:data/dev.db",
    "sqlite://data/dev.db",
    "file:data/dev.db",
    "file:data/dev.db?mode=rwc",
    "file:data%2Fdev.db",
  ])("%s is a file of the project, in a folder that is made", async (url) => {
    const root = temporaryFolder();
    const connection = await connectTo(url, { root });
    await send(connection, "CREATE TABLE t(a)");
    expect(existsSync(join(root, "data/dev.db"))).toBe(true);
  });

  test("may name a file anywhere", async () => {
    for (const [at, scheme] of ["sqlite://", "sqlite:", "file://", "file:"].entries()) {
      const path = join(temporaryFolder(), `${at}.db`);
      await send(await connectTo(`${scheme}${path}`), "CREATE TABLE t(a)");
      expect(existsSync(path)).toBe(true);
    }
  });

  test.each(["sqlite::memory:", "file::memory:", "sqlite://:memory:"])(
    "%s is in memory",
    async (url) => {
      const root = temporaryFolder();
      await send(await connectTo(url, { root }), "CREATE TABLE t(a)");
      expect(existsSync(join(root, ":memory:"))).toBe(false);
    },
  );

  test.each(["sqlite:", "file:", "file:%ff"])("%s names nothing", async (url) => {
    await expect(connectTo(url)).rejects.toMatchObject({ code: "URL_INVALID" });
  });
});

describe("a file that is no database", () => {
  test("is refused, and left as it is", async () => {
    const path = join(temporaryFolder(), "a.db");
    writeFileSync(path, "this is a letter, and a long one at that".repeat(100));
    for (const readOnly of [true, false]) {
      await expect(connectTo(`sqlite:${path}`, { readOnly })).rejects.toMatchObject({
        code: "DATABASE_UNUSABLE",
      });
    }
    expect(readFileSync(path, "utf8")).toMatch(/^this is a letter/);
  });

  test("but a folder is refused as one", async () => {
    const folder = temporaryFolder();
    await expect(connectTo(`sqlite:${folder}`)).rejects.toMatchObject({
      code: "DATABASE_UNUSABLE",
      message: expect.stringContaining("it is a folder"),
    });
  });

  test("nor is a folder a file", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    await expect(connectTo(`sqlite:${folder}/file/a.db`)).rejects.toMatchObject({
      code: "DATABASE_UNUSABLE",
    });
  });
});

describe("a command that only looks", () => {
  test("makes nothing, and sees an empty database", async () => {
    const root = temporaryFolder();
    const connection = await connectTo("sqlite:data/dev.db", { root, readOnly: true });
    expect(await connection.state()).toEqual({
      heads: null,
      hasLog: false,
      lastBatch: 0,
      unfinished: [],
    });
    expect(await connection.log()).toEqual([]);
    expect(existsSync(join(root, "data"))).toBe(false);
  });

  test("cannot write", async () => {
    const { path } = await database("CREATE TABLE t(a)");
    const connection = await connectTo(`sqlite:${path}`, { readOnly: true });
    expect(await connection.all("SELECT * FROM t")).toEqual([]);
    const failure = await send(connection, "INSERT INTO t VALUES (1)").catch(
      (thrown: unknown) => thrown,
    );
    expect(failure).toBeInstanceOf(StatementError);
    expect(connection.explain(failure).error).toMatchObject({ code: "READ_ONLY_DATABASE" });
    await expect(connection.begin({ suspendForeignKeys: false })).rejects.toMatchObject({
      code: "READ_ONLY_DATABASE",
    });
  });
});

describe("what may not be written is read-only", () => {
  /** Root may write anything, so that somebody else has to try. */
  async function tryAsNobody(path: string): Promise<string> {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const bundle = join(folder, "sqlite.mjs");
    await build({
      stdin: {
        contents: `
          import { sqlite } from "./src/dialects/sqlite/index.ts";
          if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
          const target = { url: ${JSON.stringify(`sqlite:${path}`)}, root: ${JSON.stringify(project)}, versionTable: { name: "mig_version" }, readOnly: false, timeouts: { runLock: 9, lock: 9, statement: 0 } };
          try {
            const connection = await sqlite.connect(target);
            await connection.all("SELECT 1");
            await connection.begin({ suspendForeignKeys: true });
            console.log("written");
          } catch (failure) { console.log(failure.code); }`,
        resolveDir: project,
      },
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile: bundle,
      logLevel: "error",
    });
    return execFileSync(process.execPath, [bundle], { encoding: "utf8" }).trim();
  }

  test.each([
    ["a file", 0o444, 0o777, "READ_ONLY_DATABASE"],
    ["a folder", 0o666, 0o555, "READ_ONLY_DATABASE"],
    ["neither", 0o666, 0o777, "written"],
  ])("%s", async (_what, file, folder, expected) => {
    const { path, engine } = await database("CREATE TABLE t(a)");
    engine.close();
    chmodSync(path, file);
    chmodSync(dirname(path), folder);
    later(() => chmodSync(dirname(path), 0o777));
    expect(await tryAsNobody(path)).toBe(expected);
  });

  test("a folder in which a file would be made", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    expect(await tryAsNobody(join(folder, "data/new.db"))).toBe("READ_ONLY_DATABASE");
  });
});

describe("a transaction", () => {
  test("takes the lock, gives the heads, and writes", async () => {
    const { connection, engine } = await database(
      "CREATE TABLE mig_version(version_num); INSERT INTO mig_version VALUES ('b'), ('a')",
    );
    expect(await connection.begin({ suspendForeignKeys: false })).toEqual(["a", "b"]);
    await send(connection, "INSERT INTO mig_version VALUES ('c')");
    engine.pragma("busy_timeout = 0");
    expect(() => engine.exec("BEGIN IMMEDIATE")).toThrow(/locked/);
    await connection.commit();
    expect(engine.prepare("SELECT count(*) FROM mig_version").pluck().get()).toBe(3);
  });

  test("is undone", async () => {
    const { connection, engine } = await database("CREATE TABLE t(a)");
    await connection.rollback();
    await connection.begin({ suspendForeignKeys: true });
    await send(connection, "INSERT INTO t VALUES (1)");
    await connection.rollback();
    await connection.rollback();
    expect(engine.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
  });

  test("has foreign keys off where it asks, and puts them back", async () => {
    const { connection } = await database();
    const on = async () => (await connection.all("PRAGMA foreign_keys"))[0]?.foreign_keys;
    expect(await on()).toBe(1);
    for (const end of ["commit", "rollback"] as const) {
      await connection.begin({ suspendForeignKeys: true });
      expect(await on()).toBe(0);
      await send(connection, "PRAGMA legacy_alter_table = ON");
      await connection[end]();
      expect(await on()).toBe(1);
      expect(await connection.all("PRAGMA legacy_alter_table")).toEqual([
        { legacy_alter_table: 0 },
      ]);
    }
    await connection.begin({ suspendForeignKeys: false });
    expect(await on()).toBe(1);
    await connection.commit();
    await connection.run("PRAGMA foreign_keys = OFF");
    await connection.begin({ suspendForeignKeys: true });
    await connection.commit();
    expect(await on()).toBe(0);
  });

  test("is not committed over rows that refer to nothing since", async () => {
    const { connection, engine } = await database(`
      PRAGMA foreign_keys = OFF; CREATE TABLE users(id integer primary key); CREATE TABLE posts(id integer primary key, u int REFERENCES users);
      INSERT INTO users VALUES (1), (2); INSERT INTO posts VALUES (1, 9), (3, 1), (4, 2)`);
    await connection.begin({ suspendForeignKeys: true });
    await send(connection, "DELETE FROM users");
    await expect(connection.commit()).rejects.toMatchObject({
      code: "FOREIGN_KEYS_BROKEN",
      message: "2 rows would refer to nothing: posts row 3 → users, posts row 4 → users",
    });
    expect(engine.prepare("SELECT count(*) FROM users").pluck().get()).toBe(2);
    expect(await connection.all("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 1 }]);
    await connection.begin({ suspendForeignKeys: true });
    await send(connection, "INSERT INTO users VALUES (3)");
    await connection.commit();
  });

  test("is not committed over a key that matches none", async () => {
    const { connection } = await database(
      "CREATE TABLE p(a int UNIQUE); CREATE TABLE c(a int REFERENCES p(a))",
    );
    await connection.begin({ suspendForeignKeys: true });
    await send(connection, "DROP TABLE p");
    await send(connection, "CREATE TABLE p(a int)");
    await expect(connection.commit()).rejects.toMatchObject({
      code: "FOREIGN_KEYS_BROKEN",
      message:
        'a foreign key would refer to columns that are no key: foreign key mismatch - "c" referencing "p"',
    });
  });

  test("that SQL of the revision ends is an error", async () => {
    const { connection } = await database("CREATE TABLE t(a)");
    await connection.begin({ suspendForeignKeys: true });
    await expect(send(connection, "COMMIT")).rejects.toMatchObject({ code: "TRANSACTION_ENDED" });
    await connection.rollback();
    await connection.begin({ suspendForeignKeys: false });
    const ended = { code: "TRANSACTION_ENDED" };
    await expect(connection.run("COMMIT")).rejects.toMatchObject(ended);
    await expect(connection.run("CREATE TABLE alone(a)")).rejects.toMatchObject(ended);
    await expect(connection.commit()).rejects.toMatchObject(ended);
  });

  test("whose statement fails says which, and why", async () => {
    const { connection } = await database("CREATE TABLE t(a NOT NULL)");
    await connection.begin({ suspendForeignKeys: false });
    const failure = await send(connection, "INSERT INTO t VALUES (NULL)").catch(
      (thrown: unknown) => thrown,
    );
    expect(failure).toBeInstanceOf(StatementError);
    expect(connection.explain(failure)).toEqual({
      why: "NOT NULL constraint failed: t.a",
      error: null,
      retry: false,
      context: {},
    });
    await connection.rollback();
  });
});

describe("another process", () => {
  /** A process that holds `lock` on the file until its input ends. */
  async function holder(path: string, lock: string): Promise<() => Promise<void>> {
    const code = `
      const Database = require("better-sqlite3"); const db = new Database(${JSON.stringify(path)});
      ${lock}; console.log("held"); process.stdin.resume(); process.stdin.on("end", () => { db.close(); });`;
    const child = spawn(process.execPath, ["-e", code], {
      cwd: project,
      stdio: ["pipe", "pipe", "inherit"],
    });
    later(() => void child.kill("SIGKILL"));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    return () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.stdin.end();
      });
  }

  test("that writes is waited for, while timers go on, and told of once", async () => {
    const { path } = await database("CREATE TABLE t(a)");
    const release = await holder(path, 'db.exec("BEGIN IMMEDIATE")');
    const connection = await connectTo(`sqlite:${path}`, {
      timeouts: { runLock: 20_000, lock: 10_000, statement: 0 },
    });
    const told: string[] = [];
    await connection.enter((who) => told.push(who));
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 10);
    const begun = connection.begin({ suspendForeignKeys: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await release();
    await begun;
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
    expect(told).toEqual([`another process is writing to ${path}`]);
    await connection.commit();
    expect(await connection.all("PRAGMA busy_timeout")).toEqual([{ timeout: 10_000 }]);
  });

  test("that does not end is given up on, with foreign keys as they were", async () => {
    const { path } = await database("CREATE TABLE t(a)");
    const release = await holder(path, 'db.exec("BEGIN IMMEDIATE")');
    const connection = await connectTo(`sqlite:${path}`, {
      timeouts: { runLock: 300, lock: 10, statement: 0 },
    });
    await expect(connection.begin({ suspendForeignKeys: true })).rejects.toMatchObject({
      code: "LOCKED",
    });
    expect(await connection.all("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 1 }]);
    await release();
    await connection.begin({ suspendForeignKeys: true });
    await connection.commit();
  });

  test("that reads holds up COMMIT, and does not undo it", async () => {
    const { path, engine } = await database("CREATE TABLE t(a); INSERT INTO t VALUES (1)");
    const release = await holder(
      path,
      'db.exec("BEGIN; SELECT * FROM t"); db.prepare("SELECT * FROM t").all()',
    );
    const connection = await connectTo(`sqlite:${path}`);
    await connection.begin({ suspendForeignKeys: false });
    await send(connection, "INSERT INTO t VALUES (2)");
    const committed = connection.commit();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await release();
    await committed;
    expect(engine.prepare("SELECT count(*) FROM t").pluck().get()).toBe(2);
  });

  test("that keeps even readers out is named", async () => {
    const { path } = await database("CREATE TABLE t(a)");
    const connection = await connectTo(`sqlite:${path}`, {
      timeouts: { runLock: 100, lock: 50, statement: 0 },
    });
    const release = await holder(path, 'db.exec("BEGIN EXCLUSIVE")');
    await expect(connection.state()).rejects.toMatchObject({
      code: "LOCKED",
      message: `gave up after 0.1 s: another process is writing to ${path}`,
    });
    const opened = await connectTo(`sqlite:${path}`, {
      timeouts: { runLock: 100, lock: 50, statement: 0 },
    });
    await release();
    expect(await opened.state()).toMatchObject({ heads: null });
  });

  test("that is killed leaves no lock behind", async () => {
    const { path } = await database("CREATE TABLE t(a)");
    const connection = await connectTo(`sqlite:${path}`);
    const code = `const Database = require("better-sqlite3"); const db = new Database(${JSON.stringify(path)});
      db.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)"); console.log("held"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["-e", code], {
      cwd: project,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    await connection.begin({ suspendForeignKeys: false });
    expect(await connection.all("SELECT * FROM t")).toEqual([]);
    await connection.commit();
  });
});

describe("queries", () => {
  test("give numbers, and bigint where a number would not do", async () => {
    const { connection } = await database();
    expect(
      await connection.all("SELECT 1 AS a, 1.5 AS b, 9007199254740993 AS c, x'00' AS d, NULL AS e"),
    ).toEqual([{ a: 1, b: 1.5, c: 9007199254740993n, d: Buffer.from([0]), e: null }]);
  });

  test("take parameters, and count changes", async () => {
    const { connection } = await database("CREATE TABLE t(a, b)");
    expect(
      await connection.run("INSERT INTO t VALUES (?, ?), (?, ?)", [
        true,
        new Date(0),
        null,
        3_000_000_000,
      ]),
    ).toEqual({ changes: 2 });
    expect(await connection.run("INSERT INTO t VALUES (7, 8) RETURNING a")).toEqual({ changes: 1 });
    expect(await connection.run("PRAGMA user_version")).toEqual({ changes: 0 });
    expect(await connection.all("INSERT INTO t VALUES (9, 9)")).toEqual([]);
    const { sql: text, params } = connection.query(sql`SELECT * FROM t WHERE a = ${true}`);
    expect(await connection.all(text, params)).toEqual([{ a: 1, b: "1970-01-01T00:00:00.000Z" }]);
  });

  test("go through the project's own drizzle-orm, in the same transaction", async () => {
    const { connection, engine } = await database("CREATE TABLE t(a integer)");
    const table = sqliteTable("t", { a: integer() });
    await connection.begin({ suspendForeignKeys: false });
    const drizzle = connection.drizzle() as BetterSQLite3Database;
    drizzle
      .insert(table)
      .values([{ a: 1 }, { a: 2 }])
      .run();
    expect(drizzle.select().from(table).where(eq(table.a, 2)).all()).toEqual([{ a: 2 }]);
    await connection.rollback();
    expect(engine.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
  });

  test("and a project without drizzle-orm is told so", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "data"));
    const connection = await sqlite.connect(targetOf("sqlite::memory:", { root }));
    expect(() => connection.drizzle()).toThrow(expect.objectContaining({ code: "DRIVER_MISSING" }));
    await connection.close();
    await connection.close();
  });
});

test("the scratch database is empty, and suspends foreign keys", async () => {
  const scratch = await sqlite.scratch();
  later(() => scratch?.close());
  expect(await scratch?.all("SELECT * FROM sqlite_schema")).toEqual([]);
  expect(await scratch?.all("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 0 }]);
});
