import { describe, expect, test } from "vitest";
import type { Connection } from "../../../src/dialects/dialect.ts";
import { StatementError } from "../../../src/dialects/statement.ts";
import {
  apply,
  connectTo,
  createTables,
  recordedBy,
  statementsOf,
} from "../../support/postgres/connection.ts";
import {
  at,
  createDatabase,
  forEachServer,
  query,
  session,
} from "../../support/postgres/database.ts";
import { startProxy } from "../../support/postgres/proxy.ts";

/** What `work` throws. */
async function failureOf(work: Promise<unknown>): Promise<StatementError> {
  const failure = await work.then(
    () => undefined,
    (it: unknown) => it,
  );
  expect(failure).toBeInstanceOf(StatementError);
  return failure as StatementError;
}

async function tables(url: string): Promise<unknown[]> {
  const rows = await query(
    url,
    "SELECT relname FROM pg_class WHERE relname LIKE 'made%' ORDER BY 1",
  );
  return rows.map((row) => row.relname);
}

forEachServer((server) => {
  /** Run `sql` as a transaction, expecting it to fail. */
  async function failing(connection: Connection, sql: string) {
    await connection.begin({ suspendForeignKeys: false });
    for (const statement of await statementsOf((op) => op.execute(sql)))
      await connection.send(statement);
    const failure = await failureOf(connection.commit());
    const { why, retry, error } = connection.explain(failure);
    await connection.rollback();
    return { sql: failure.statement.sql, why, retry, error };
  }

  describe("a statement that fails amid others", () => {
    test.each([
      [
        "a missing column",
        "CREATE TABLE made (a int); SELECT 'é😀',\n  nope FROM made; SELECT 3",
        "SELECT 'é😀',\n  nope FROM made",
        'column "nope" does not exist (at line 2, column 3)',
      ],
      [
        "a syntax error, which the server finds before it runs anything",
        "CREATE TABLE made (a int); SELECT '😀'; SELCT 3; SELECT 4",
        "SELCT 3",
        'syntax error at or near "SELCT" (at line 1, column 1)',
      ],
      [
        "a value, of which the server tells no place",
        "CREATE TABLE made (a int UNIQUE); INSERT INTO made VALUES (1), (1); SELECT 3",
        "INSERT INTO made VALUES (1), (1)",
        'duplicate key value violates unique constraint "made_a_key" (Key (a)=(1) already exists.)',
      ],
      [
        "a comment at the end",
        "SELECT 1; -- one\nSELECT 2 -- two\n; SELECT 1/0 -- zero",
        "SELECT 1/0 -- zero",
        "division by zero",
      ],
      [
        "a function, with the line in it",
        "DO $$ BEGIN\n  RAISE EXCEPTION 'no %', 1 USING HINT = 'try 2';\nEND $$",
        "DO $$ BEGIN\n  RAISE EXCEPTION 'no %', 1 USING HINT = 'try 2';\nEND $$",
        "no 1 (PL/pgSQL function inline_code_block line 2 at RAISE); try 2",
      ],
      [
        "SQL in a function, with a place that is not the statement's",
        "SELECT 1; DO $$ BEGIN EXECUTE 'selec 1'; END $$; SELECT 2",
        "DO $$ BEGIN EXECUTE 'selec 1'; END $$",
        'syntax error at or near "selec" (PL/pgSQL function inline_code_block line 1 at EXECUTE)',
      ],
      [
        "COPY that waits for data",
        "CREATE TABLE made (a int); COPY made FROM STDIN; SELECT 1",
        "COPY made FROM STDIN",
        "COPY from stdin failed: COPY FROM STDIN has no data in a revision",
      ],
    ])("%s", async (_, sql, blamed, why) => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      const failure = await failing(connection, sql);
      expect(failure).toMatchObject({ sql: blamed, retry: false, error: null });
      expect(failure.why.split("\nCOPY made")[0]).toBe(why);
      expect(await tables(url)).toEqual([]);
      await apply(connection, (op) => op.execute("CREATE TABLE made_after (a int)"));
      expect(await tables(url)).toEqual(["made_after"]);
    });

    test("it knows the operation, in a batch of several messages too", async () => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      const [recorded] = recordedBy((op) => op.execute("SELECT nope"));
      await connection.begin({ suspendForeignKeys: false });
      await connection.send({ sql: "CREATE TABLE made (a text)", from: null });
      const long = `INSERT INTO made VALUES ('${"x".repeat(600_000)}')`;
      for (let count = 0; count < 4; count++) await connection.send({ sql: long, from: null });
      await connection.send({ sql: "SELECT nope", from: recorded ?? null });
      const failure = await failureOf(connection.flush());
      expect(failure.statement.from).toBe(recorded);
      await connection.rollback();
      expect(await tables(url)).toEqual([]);
    });

    test("a constraint that is checked at the end fails with COMMIT", async () => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      const failure = await failing(
        connection,
        "CREATE TABLE made (a int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO made VALUES (1), (1)",
      );
      expect(failure).toMatchObject({
        sql: "COMMIT",
        why: expect.stringContaining("duplicate key"),
      });
      expect(await tables(url)).toEqual([]);
    });
  });

  test("a lock that is not to be had in time ends the wait, and may be tried again", async () => {
    const url = await createDatabase(server);
    await query(url, "CREATE TABLE held (a int)");
    const connection = await connectTo(url, { timeouts: { lock: 100 } });
    await session(url, async (other) => {
      await other.query("BEGIN; LOCK TABLE held IN ACCESS SHARE MODE");
      const failure = await failing(connection, "ALTER TABLE held ADD COLUMN b int");
      expect(failure.retry).toBe(true);
      expect(failure.why).toBe(
        "canceling statement due to lock timeout; another session holds a lock on the table",
      );
    });
    await apply(connection, (op) => op.execute("ALTER TABLE held ADD COLUMN b int"));
  });

  test("a statement that takes too long is ended", async () => {
    const connection = await connectTo(await createDatabase(server), {
      timeouts: { statement: 50 },
    });
    const failure = await failing(connection, "SELECT 1; SELECT pg_sleep(10)");
    expect(failure).toMatchObject({
      sql: "SELECT pg_sleep(10)",
      why: "canceling statement due to statement timeout",
      retry: false,
    });
  });

  test("a read-only server says so", async () => {
    const url = await createDatabase(server);
    const connection = await connectTo(url);
    await connection.run("SET default_transaction_read_only = on");
    const failure = await failing(connection, "CREATE TABLE made (a int)");
    expect(failure.error).toMatchObject({ code: "READ_ONLY_DATABASE" });
    expect(failure.error?.message).toContain("postgres:***@");
  });

  describe("a connection that is lost", () => {
    test.each([
      ["while a statement runs", "SELECT pg_terminate_backend(pg_backend_pid()); SELECT 1"],
      ["between statements", null],
    ])("%s", async (_, sql) => {
      const url = await createDatabase(server);
      const connection = await connectTo(url);
      await connection.enter(() => {});
      await createTables(connection);
      await connection.begin({ suspendForeignKeys: false });
      await connection.send({ sql: "CREATE TABLE made (a int)", from: null });
      if (sql === null) {
        await connection.flush();
        await query(
          url,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mig' AND datname = current_database()",
        );
        await new Promise((resolve) => setTimeout(resolve, 100));
      } else
        for (const statement of await statementsOf((op) => op.execute(sql)))
          await connection.send(statement);
      const failure = await failureOf(connection.commit());
      const { error, why } = connection.explain(failure);
      expect(error).toMatchObject({ code: "CONNECTION_LOST" });
      expect(why).toBe("terminating connection due to administrator command");
      await connection.rollback();
      // What the runtime does next, to log the failure.
      await connection.begin({ suspendForeignKeys: false });
      await connection.send({ sql: "SELECT 1", from: null });
      expect(connection.explain(await failureOf(connection.commit())).error).toMatchObject({
        code: "CONNECTION_LOST",
      });
      await connection.rollback();
      expect(await tables(url)).toEqual([]);
    });

    test("by the network", async () => {
      const proxy = await startProxy(await createDatabase(server));
      const connection = await connectTo(proxy.url);
      await connection.all("SELECT 1");
      await proxy.close();
      const failure = await connection.all("SELECT 1").catch((it: unknown) => it);
      expect(connection.explain(failure).error).toMatchObject({ code: "CONNECTION_LOST" });
    });
  });

  test("a revision that ends its own transaction is told", async () => {
    const connection = await connectTo(await createDatabase(server));
    await connection.begin({ suspendForeignKeys: false });
    await expect(connection.run("COMMIT")).rejects.toMatchObject({
      code: "TRANSACTION_ENDED",
      message: expect.stringContaining("was ended"),
    });
    await connection.rollback();
  });

  test("an error that a revision swallowed does not commit", async () => {
    const connection = await connectTo(await createDatabase(server));
    await connection.begin({ suspendForeignKeys: false });
    await connection.run("SELECT 1/0").catch(() => {});
    await expect(connection.commit()).rejects.toMatchObject({ code: "TRANSACTION_ENDED" });
    await connection.rollback();

    await connection.begin({ suspendForeignKeys: false });
    await connection.run("SELECT 1/0").catch(() => {});
    const next = await connection.run("SELECT 1").catch((it: unknown) => it);
    expect(connection.explain(next).why).toContain("an earlier query of this revision failed");
    await connection.rollback();
  });
});

forEachServer((server) => {
  describe("connecting", () => {
    const code = async (url: string) =>
      connectTo(url).then(
        () => null,
        (failure: { code: string; message: string; help: string }) => failure,
      );

    test("a wrong password, which is not printed", async () => {
      const failure = await code(at(server.url, { password: "hunter2-wrong" }));
      expect(failure).toMatchObject({ code: "AUTHENTICATION_FAILED" });
      expect(failure?.message).toContain('password authentication failed for user "postgres"');
      expect(`${failure?.message} ${JSON.stringify(failure)} ${failure?.help}`).not.toContain(
        "hunter2",
      );
    });

    test("no password", async () => {
      const failure = await code(at(server.url, { password: "" }));
      expect(failure).toMatchObject({ code: "AUTHENTICATION_FAILED" });
    });

    test("an unknown user", async () => {
      expect(await code(at(server.url, { user: "nobody" }))).toMatchObject({
        code: "AUTHENTICATION_FAILED",
      });
    });

    test("a missing database", async () => {
      const failure = await code(at(server.url, { database: "not_there" }));
      expect(failure).toMatchObject({ code: "DATABASE_MISSING" });
      expect(failure?.message).toContain("not_there");
    });

    test("nobody at the port, or no such host", async () => {
      expect(await code(at(server.url, { port: 1 }))).toMatchObject({
        code: "UNREACHABLE",
        message: expect.stringContaining("ECONNREFUSED"),
      });
      expect(await code("postgres://u:p@localhost:1/db")).toMatchObject({
        code: "UNREACHABLE",
        message: expect.stringContaining("ECONNREFUSED"),
      });
      expect(await code("postgres://u:p@no.such.host.invalid/db")).toMatchObject({
        code: "UNREACHABLE",
      });
    });

    test("a URL that cannot be read keeps its secret", async () => {
      const failure = await code("postgres://u:p/secret@x:y@h:99999999/db");
      expect(failure).toMatchObject({ code: "URL_INVALID" });
      expect(failure?.message).not.toContain("secret");
    });
  });
});
