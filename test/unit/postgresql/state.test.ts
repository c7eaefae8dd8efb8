import { describe, expect, test } from "vitest";
import type { Connection, VersionTable } from "../../../src/dialects/dialect.ts";
import { postgresql } from "../../../src/dialects/postgresql/index.ts";
import {
  connectTo,
  createTables,
  logEntry,
  statementsOf,
} from "../../support/postgres/connection.ts";
import { at, createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

const { moveHeads, replaceHeads, log, updateLog } = postgresql.bookkeeping;

/** What a revision does: `sql`, then the heads and the log. */
async function revise(
  connection: Connection,
  table: VersionTable,
  step: { readonly removes?: string[]; readonly adds: string[]; readonly sql?: string },
): Promise<readonly string[]> {
  const before = await connection.begin({ suspendForeignKeys: false });
  for (const it of await statementsOf((op) => op.execute(step.sql ?? "")))
    await connection.send(it);
  const own = moveHeads(table, step.removes ?? [], step.adds);
  const entries = step.adds.map((revision) => log(table, logEntry(revision)));
  for (const sql of [...own, ...entries]) await connection.send({ sql, from: null });
  await connection.commit();
  return before;
}

const plain: VersionTable = { name: "mig_version" };

forEachServer((server) => {
  test.each<VersionTable>([
    plain,
    { name: "mig_version", schema: "Tools, \"and\" 'more'" },
    { name: 'Ver"sion', schema: "public" },
  ])("an empty database, then the tables, then the heads: %j", async (versionTable) => {
    const url = await createDatabase(server);
    const connection = await connectTo(url, { versionTable });
    expect(await connection.enter(() => {})).toMatchObject({
      heads: null,
      hasLog: false,
      lastBatch: 0,
      unfinished: [],
    });
    await createTables(connection, versionTable);
    expect(await revise(connection, versionTable, { adds: ["b", "a"] })).toEqual([]);
    expect(await revise(connection, versionTable, { removes: ["b"], adds: ["c"] })).toEqual([
      "a",
      "b",
    ]);
    expect(await connection.begin({ suspendForeignKeys: false })).toEqual(["a", "c"]);
    await connection.rollback();
    expect(await connection.state()).toMatchObject({
      heads: ["a", "c"],
      hasLog: true,
      lastBatch: 1,
    });
    await createTables(connection, versionTable);
    const [first] = await connection.log();
    expect(first).toEqual({ ...logEntry("b"), run: first?.run, ms: expect.any(Number) });
  });

  test("a transaction that is rolled back leaves the heads", async () => {
    const connection = await connectTo(await createDatabase(server));
    await connection.enter(() => {});
    await createTables(connection);
    await revise(connection, plain, { adds: ["a"] });
    await connection.begin({ suspendForeignKeys: false });
    for (const sql of moveHeads(plain, ["a"], ["b"])) await connection.send({ sql, from: null });
    await connection.flush();
    await connection.rollback();
    expect(await connection.begin({ suspendForeignKeys: false })).toEqual(["a"]);
    await connection.rollback();
  });

  test("tables whose making is rolled back are not taken for made", async () => {
    const connection = await connectTo(await createDatabase(server));
    await connection.enter(() => {});
    await connection.begin({ suspendForeignKeys: false });
    for (const sql of postgresql.bookkeeping.create(plain))
      await connection.send({ sql, from: null });
    expect(await connection.state()).toMatchObject({ heads: [], hasLog: true });
    await connection.rollback();
    await connection.begin({ suspendForeignKeys: false });
    await connection.commit();
    expect(await connection.state()).toMatchObject({ heads: null, hasLog: false });
  });

  test("what is sent without a transaction is seen by the next one", async () => {
    const connection = await connectTo(await createDatabase(server));
    await connection.enter(() => {});
    const own = [...postgresql.bookkeeping.create(plain), ...moveHeads(plain, [], ["a"])];
    for (const sql of own) await connection.send({ sql, from: null });
    expect(await connection.begin({ suspendForeignKeys: false })).toEqual(["a"]);
    await connection.rollback();
  });

  test("without enter the heads are looked up when a transaction begins", async () => {
    const url = await createDatabase(server);
    await createTables(await connectTo(url));
    await query(url, "INSERT INTO mig_version VALUES ('x')");
    expect(await (await connectTo(url)).begin({ suspendForeignKeys: false })).toEqual(["x"]);
  });

  test("milliseconds are the server's, since the transaction began", async () => {
    const connection = await connectTo(await createDatabase(server));
    await createTables(connection);
    await revise(connection, plain, { adds: ["a"], sql: "SELECT pg_sleep(0.15)" });
    const [row] = await connection.log();
    expect(row?.ms).toBeGreaterThanOrEqual(150);
    expect(row?.ms).toBeLessThan(5_000);
  });

  test("runs that did not end, or ended half-way, are unfinished until something makes them good", async () => {
    const connection = await connectTo(await createDatabase(server));
    await createTables(connection);
    const progress = { done: 1, begun: 2, hash: "abc" };
    const own = (sql: string) => connection.send({ sql, from: null });
    const unfinished = async () =>
      (await connection.state()).unfinished.map((row) => [row.revision, row.success, row.progress]);

    await own(log(plain, { ...logEntry("plain"), success: false }));
    expect(await unfinished()).toEqual([]);

    await own(log(plain, { ...logEntry("half"), run: "one", success: null, ms: null, progress }));
    expect(await unfinished()).toEqual([["half", null, progress]]);
    await own(updateLog(plain, "one", { success: false, error: "it's \\ broken", ms: 12 }));
    expect(await unfinished()).toEqual([["half", false, progress]]);

    // The next attempt takes over, whatever becomes of it.
    const later = { done: 2, begun: 3, hash: "def" };
    await own(log(plain, { ...logEntry("half"), success: false, ms: 3, progress: later }));
    expect(await unfinished()).toEqual([["half", false, later]]);
    // One that failed without having begun anything does not hide it.
    await own(log(plain, { ...logEntry("half"), success: false, ms: 3 }));
    expect(await unfinished()).toEqual([["half", false, later]]);
    await own(log(plain, { ...logEntry("half"), direction: "stamp", ms: 0 }));
    expect(await unfinished()).toEqual([]);
    expect(await connection.log()).toHaveLength(5);
    expect((await connection.log())[1]).toMatchObject({ error: "it's \\ broken", ms: 12 });
  });

  test("the heads that a commit leaves are looked at where a statement did not find its row", async () => {
    const url = await createDatabase(server);
    const connection = await connectTo(url);
    await connection.enter(() => {});
    await createTables(connection);
    const move = async (from: string, to: string, meanwhile = "") => {
      const heads = await connection.begin({ suspendForeignKeys: false });
      const scripts = await statementsOf((op) => op.execute(meanwhile));
      for (const it of meanwhile ? scripts : []) await connection.send(it);
      for (const sql of replaceHeads(plain, [from], [to]))
        await connection.send({ sql, from: null });
      await connection.commit([to]);
      return heads;
    };
    await connection.begin({ suspendForeignKeys: false });
    for (const sql of moveHeads(plain, [], ["a"])) await connection.send({ sql, from: null });
    await connection.commit(["a"]);
    expect(await move("a", "b")).toEqual(["a"]);
    expect(await move("b", "c", "UPDATE mig_version SET version_num = 'z'")).toEqual(["b"]);
    expect(await move("z", "d")).toEqual(["z"]);
    expect(await move("d", "e")).toEqual(["d"]);
  });

  describe("the search path", () => {
    const changes = [
      "CREATE SCHEMA app; SET search_path = app",
      "CREATE SCHEMA app; SET LOCAL search_path = app",
      "CREATE SCHEMA app; SELECT set_config('search_path', '', false)",
      "CREATE SCHEMA app; CREATE TABLE app.mig_version (other int); SET search_path = app, public",
    ];

    test.each(changes)("of a revision is its own: %s", async (sql) => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      await connection.enter(() => {});
      await createTables(connection);
      await revise(connection, plain, { adds: ["a"], sql });
      await revise(connection, plain, {
        removes: ["a"],
        adds: ["b"],
        sql: "CREATE TABLE made (a int)",
      });
      expect(await query(url, "SELECT version_num FROM public.mig_version")).toEqual([
        { version_num: "b" },
      ]);
      expect(await query(url, "SELECT to_regclass('public.made')::text AS made")).toEqual([
        { made: "made" },
      ]);
    });

    test("in one transaction for all, too", async () => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      await connection.enter(() => {});
      await createTables(connection);
      await connection.begin({ suspendForeignKeys: false });
      for (const it of await statementsOf((op) => op.execute(changes[0] ?? "")))
        await connection.send(it);
      for (const sql of moveHeads(plain, [], ["a"])) await connection.send({ sql, from: null });
      expect(await connection.all("SELECT current_schema() AS here")).toEqual([{ here: "public" }]);
      for (const it of await statementsOf((op) => op.execute("CREATE TABLE made ()")))
        await connection.send(it);
      for (const sql of moveHeads(plain, ["a"], ["b"])) await connection.send({ sql, from: null });
      await connection.commit();
      expect(
        await query(
          url,
          "SELECT version_num, to_regclass('public.made')::text AS made FROM public.mig_version",
        ),
      ).toEqual([{ version_num: "b", made: "made" }]);
    });

    test("of a revision without transaction lasts for that revision", async () => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      await connection.enter(() => {});
      await createTables(connection);
      for (const sql of ["CREATE SCHEMA app", "SET search_path = app", "CREATE TABLE made ()"]) {
        for (const it of await statementsOf((op) => op.execute(sql))) await connection.send(it);
        await connection.send({ sql: "UPDATE mig_log SET ms = 1", from: null });
      }
      expect(await query(url, "SELECT to_regclass('app.made')::text AS made")).toEqual([
        { made: "app.made" },
      ]);
      await revise(connection, plain, { adds: ["a"] });
      for (const it of await statementsOf((op) => op.execute("CREATE TABLE next ()")))
        await connection.send(it);
      expect(await query(url, "SELECT to_regclass('public.next')::text AS next")).toEqual([
        { next: "next" },
      ]);
    });

    test.each([
      "SET lock_timeout = '7s'",
      "SELECT set_config('lock_timeout', '7s', false)",
      "DO $$ BEGIN PERFORM set_config('lock_timeout', '7s', false); END $$",
      "CREATE TABLE made (a text DEFAULT set_config('lock_timeout', '7s', false)); INSERT INTO made VALUES (DEFAULT)",
    ])("and so are its other settings: %s", async (sql) => {
      const connection = await connectTo(await createDatabase(server));
      await connection.enter(() => {});
      await createTables(connection);
      const set = async () =>
        (await connection.all("SELECT current_setting('lock_timeout') AS it"))[0]?.it;
      await revise(connection, plain, { adds: ["a"], sql });
      await connection.begin({ suspendForeignKeys: false });
      expect(await set()).toBe("2s");
      // What begins a transaction is undone with it.
      await connection.rollback();
      expect(await set()).toBe("7s");
    });

    test("a path of the database with strange names holds", async () => {
      const url = await createDatabase(server);
      const name = new URL(url).pathname.slice(1);
      await query(
        url,
        `CREATE SCHEMA "a, b ""c"""; ALTER DATABASE ${name} SET search_path = "a, b ""c""", public`,
      );
      const connection = await connectTo(url);
      await connection.enter(() => {});
      await createTables(connection);
      await revise(connection, plain, { adds: ["a"], sql: "CREATE TABLE made ()" });
      expect(
        await query(
          url,
          `SELECT relnamespace::regnamespace::text AS schema FROM pg_class WHERE relname IN ('made', 'mig_version')`,
        ),
      ).toEqual([{ schema: '"a, b ""c"""' }, { schema: '"a, b ""c"""' }]);
      await connection.close();
      expect(await (await connectTo(url)).enter(() => {})).toMatchObject({ heads: ["a"] });
    });

    test("a schema of the user's name, made by a revision, does not make the database look empty", async () => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      await connection.enter(() => {});
      await createTables(connection);
      await revise(connection, plain, { adds: ["a"], sql: "CREATE SCHEMA postgres" });
      await connection.close();
      const next = await connectTo(url);
      expect(await next.enter(() => {})).toMatchObject({ heads: ["a"] });
      await createTables(next);
      await revise(next, plain, { removes: ["a"], adds: ["b"] });
      expect(await query(url, "SELECT version_num FROM public.mig_version")).toEqual([
        { version_num: "b" },
      ]);
      expect(await query(url, "SELECT to_regclass('postgres.mig_version') AS other")).toEqual([
        { other: null },
      ]);
    });

    test("of a tenant starts at its own schema, even if a version table is visible behind it", async () => {
      const url = await createDatabase(server);
      await createTables(await connectTo(url));
      await query(url, "CREATE SCHEMA tenant");
      const tenant = await connectTo(`${url}?options=-c%20search_path%3Dtenant,public`);
      expect(await tenant.enter(() => {})).toMatchObject({ heads: null });
      await createTables(tenant);
      expect(await query(url, "SELECT to_regclass('tenant.mig_version')::text AS made")).toEqual([
        { made: "tenant.mig_version" },
      ]);
    });
  });

  test("a role that may not make schemas does with one that is there", async () => {
    const url = await createDatabase(server);
    const role = `lowly_${Math.random().toString(36).slice(2)}`;
    await query(
      url,
      `CREATE ROLE ${role} LOGIN PASSWORD 'x'; CREATE SCHEMA tools AUTHORIZATION ${role}`,
    );
    const versionTable = { name: "mig_version", schema: "tools" };
    const connection = await connectTo(at(url, { user: role, password: "x" }), { versionTable });
    await createTables(connection, versionTable);
    expect(await connection.state()).toMatchObject({ heads: [], hasLog: true });
    await connection.close();
    await query(url, `DROP SCHEMA tools CASCADE; DROP ROLE ${role}`);
  });

  test("standard strings, whatever the database says: texts are split by them", async () => {
    const url = await createDatabase(server);
    await query(
      url,
      `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET standard_conforming_strings = off`,
    );
    const connection = await connectTo(url);
    await connection.enter(() => {});
    await createTables(connection);
    await revise(connection, plain, {
      adds: ["a"],
      sql: "CREATE TABLE made AS SELECT 'C:\\'::text AS a; SELECT 2",
    });
    expect(await query(url, "SELECT a FROM made")).toEqual([{ a: "C:\\" }]);
  });
});
