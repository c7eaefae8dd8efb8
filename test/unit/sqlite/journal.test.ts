/** The journal that a run keeps, and the patience that it changes: neither outlasts it. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, test } from "vitest";
import type { Connection } from "../../../src/dialects/dialect.ts";
import { connectTo, database, project, temporaryFolder } from "./support.ts";

async function transaction(connection: Connection, sql: string): Promise<void> {
  await connection.begin({ suspendForeignKeys: false });
  await connection.send({ sql, from: null });
  await connection.commit();
}

test("the journal stays between transactions, and goes with the connection", async () => {
  const path = join(temporaryFolder(), "new.db");
  const connection = await connectTo(`sqlite:${path}`);
  // The transaction that makes the file cannot begin with it.
  await transaction(connection, "CREATE TABLE t(a)");
  for (const value of [1, 2]) {
    await transaction(connection, `INSERT INTO t VALUES (${value})`);
    expect(statSync(`${path}-journal`).size).toBeGreaterThan(0);
  }
  await connection.close();
  expect(existsSync(`${path}-journal`)).toBe(false);
});

test("what stays of it is not taken for a transaction to undo", async () => {
  const { path, connection } = await database("CREATE TABLE t(a)");
  await transaction(connection, "INSERT INTO t VALUES (1)");
  // As a killed run leaves it.
  const copy = join(temporaryFolder(), "copy.db");
  for (const end of ["", "-journal"]) copyFileSync(path + end, copy + end);
  const engine = new BetterSqlite3(copy);
  expect(engine.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
  engine.exec("INSERT INTO t VALUES (2)");
  expect(existsSync(`${copy}-journal`)).toBe(false);
  engine.close();
});

test("a run that is killed in a transaction is undone by whoever comes next", async () => {
  const { path, connection, engine } = await database("CREATE TABLE t(a)");
  await connection.close();
  const code = `
    const db = new (require("better-sqlite3"))(${JSON.stringify(path)});
    db.exec("BEGIN IMMEDIATE");
    db.pragma("journal_mode = PERSIST");
    db.exec("INSERT INTO t VALUES (1); COMMIT; PRAGMA cache_size = 1; BEGIN IMMEDIATE");
    db.exec("WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9999) INSERT INTO t SELECT hex(randomblob(99)) FROM n");
    process.kill(process.pid, "SIGKILL");`;
  spawnSync(process.execPath, ["-e", code], { cwd: project });
  expect(readFileSync(`${path}-journal`).subarray(0, 4).toString("hex")).toBe("d9d505f9");
  expect(engine.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
});

test("a file in WAL mode stays in it", async () => {
  const { connection, engine } = await database("PRAGMA journal_mode = WAL; CREATE TABLE t(a)");
  for (const value of [1, 2]) await transaction(connection, `INSERT INTO t VALUES (${value})`);
  await connection.close();
  expect(engine.pragma("journal_mode", { simple: true })).toBe("wal");
});

test("it is left to another process that writes", async () => {
  const { path, connection, engine } = await database("CREATE TABLE t(a)");
  await transaction(connection, "INSERT INTO t VALUES (1)");
  engine.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
  await connection.close();
  expect(existsSync(`${path}-journal`)).toBe(true);
  engine.exec("COMMIT");
  expect(existsSync(`${path}-journal`)).toBe(false);
  expect(engine.prepare("SELECT a FROM t").pluck().all()).toEqual([1, 2]);
});

test.each([
  ["a query", (connection: Connection) => connection.all("PRAGMA busy_timeout")],
  ["work of a revision", work],
])("outside of a transaction SQLite waits by itself: %s", async (_, ask) => {
  const { connection } = await database("CREATE TABLE t(a)");
  await transaction(connection, "INSERT INTO t VALUES (1)");
  expect(await ask(connection)).toEqual([{ timeout: 500 }]);
});

/** Work is announced by a flush, and may then go around the connection. */
async function work(connection: Connection): Promise<unknown> {
  await connection.flush();
  const { $client } = connection.drizzle() as { $client: BetterSqlite3.Database };
  return $client.pragma("busy_timeout");
}

test("inside of one it does not: timers go on while a run waits", async () => {
  const { connection } = await database("CREATE TABLE t(a)");
  await connection.begin({ suspendForeignKeys: false });
  expect(await connection.all("PRAGMA busy_timeout")).toEqual([{ timeout: 0 }]);
  await connection.rollback();
  expect(await connection.all("PRAGMA busy_timeout")).toEqual([{ timeout: 500 }]);
});
