import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql as drizzleSql, eq } from "drizzle-orm";
import { NodePgDatabase } from "drizzle-orm/node-postgres";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { loadAsImported } from "../../../src/dialects/packages.ts";
import { loadDriver } from "../../../src/dialects/postgresql/driver.ts";
import { sql } from "../../../src/operations/sql.ts";
import { connectTo } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

const users = pgTable("users", { id: integer("id").primaryKey(), name: text("name") });

forEachServer((server) => {
  async function connected() {
    const url = await createDatabase(server);
    const connection = await connectTo(url);
    const db = connection.drizzle() as NodePgDatabase;
    return { url, connection, db };
  }

  test("the project's own drizzle-orm works in the revision's transaction, behind what was sent", async () => {
    const { url, connection, db } = await connected();
    expect(db).toBeInstanceOf(NodePgDatabase);
    expect(connection.drizzle()).toBe(db);
    await connection.begin({ suspendForeignKeys: false });
    await connection.send({
      sql: "CREATE TABLE users (id int PRIMARY KEY, name text)",
      from: null,
    });
    await db.insert(users).values([
      { id: 1, name: "a" },
      { id: 2, name: "b" },
    ]);
    await db.update(users).set({ name: "c" }).where(eq(users.id, 2));
    expect(
      await Promise.all([
        db.select().from(users),
        db.$count(users),
        db.execute(drizzleSql`SELECT 1`),
      ]),
    ).toMatchObject([
      [
        { id: 1, name: "a" },
        { id: 2, name: "c" },
      ],
      2,
      { rows: [{ "?column?": 1 }] },
    ]);
    await connection.rollback();
    expect(await query(url, "SELECT to_regclass('users') AS made")).toEqual([{ made: null }]);
  });

  test("db.transaction is a savepoint of the revision's transaction", async () => {
    const { url, connection, db } = await connected();
    await connection.begin({ suspendForeignKeys: false });
    await connection.send({
      sql: "CREATE TABLE users (id int PRIMARY KEY, name text)",
      from: null,
    });
    await db.transaction(async (tx) => {
      await tx.insert(users).values({ id: 1 });
      await tx.transaction((inner) => inner.insert(users).values({ id: 2 }));
    });
    await expect(
      db.transaction(async (tx) => {
        await tx.insert(users).values({ id: 3 });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await expect(db.transaction((tx) => tx.insert(users).values({ id: 1 }))).rejects.toThrow();
    expect(await connection.all("SELECT id FROM users ORDER BY id")).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
    await connection.rollback();
    expect(await query(url, "SELECT to_regclass('users') AS made")).toEqual([{ made: null }]);
  });

  test("outside of a transaction db.transaction is one", async () => {
    const { url, connection, db } = await connected();
    await connection.run("CREATE TABLE users (id int PRIMARY KEY, name text)");
    await db.transaction((tx) => tx.insert(users).values({ id: 1 }));
    expect(await query(url, "SELECT id FROM users")).toEqual([{ id: 1 }]);
  });

  test("queries of ours: rows, counts, parameters, several statements", async () => {
    const { connection } = await connected();
    const ask = (it: ReturnType<typeof sql>) => connection.query(it);
    await connection.run(
      "CREATE TABLE users (id int, name text); INSERT INTO users VALUES (1, 'a'), (2, 'b')",
    );
    const update = ask(sql`UPDATE users SET name = ${"it's"} WHERE id = ANY(${[1, 2]})`);
    expect(await connection.run(update.sql, update.params)).toEqual({ changes: 2 });
    const select = ask(sql`SELECT name FROM users WHERE id = ${1}`);
    expect(await connection.all(select.sql, select.params)).toEqual([{ name: "it's" }]);
    expect(await connection.all("SELECT 1 AS a; SELECT 2 AS b")).toEqual([{ b: 2 }]);
    expect(await connection.run("CREATE TABLE other ()")).toEqual({ changes: 0 });
  });

  test("Drizzle's error about a query is explained by the server's own", async () => {
    const { connection, db } = await connected();
    const failure = await db
      .select()
      .from(users)
      .catch((it: unknown) => it);
    expect(connection.explain(failure)).toMatchObject({
      why: 'relation "users" does not exist',
      retry: false,
      error: null,
    });
  });

  test("what proves something is asked, and its error thrown before anything is committed", async () => {
    const { url, connection } = await connected();
    const { error } = await import("../../../src/errors.ts");
    await connection.begin({ suspendForeignKeys: false });
    await connection.send({ sql: "CREATE TABLE made AS SELECT 1 AS a", from: null });
    const verify = (rows: readonly Readonly<Record<string, unknown>>[]) =>
      rows[0]?.a === 2 ? null : error("ROWS_CHANGED", { table: "made", before: 2, after: 1 });
    await expect(
      connection.send({ sql: "SELECT a FROM made", from: null, verify }),
    ).rejects.toMatchObject({
      code: "ROWS_CHANGED",
    });
    await connection.rollback();
    expect(await query(url, "SELECT to_regclass('made') AS made")).toEqual([{ made: null }]);
  });
});

test("the driver is the project's, or else mig's own", () => {
  const own = createRequire(import.meta.url)("pg");
  expect(loadDriver(process.cwd())).toBe(own);
  expect(loadDriver(mkdtempSync(join(tmpdir(), "mig-")))).toBe(own);
});

test("a project without drizzle-orm is told what is missing", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "mig-"));
  expect(loadAsImported("drizzle-orm/node-postgres", elsewhere)).toBeNull();
});
