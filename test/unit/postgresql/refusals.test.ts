import { describe, expect, test } from "vitest";
import { isConcurrent, refusesTransaction } from "../../../src/dialects/postgresql/refusals.ts";
import { createDatabase, forEachServer, session } from "../../support/postgres/database.ts";

/** Refused by the server with 25001. */
const refused = [
  "CREATE INDEX CONCURRENTLY i ON t (a)",
  "create unique index /* ; */ concurrently if not exists i on t (a)",
  "-- first\nDROP INDEX CONCURRENTLY ti",
  "DROP INDEX CONCURRENTLY IF EXISTS ti",
  "REINDEX INDEX CONCURRENTLY ti",
  "REINDEX (VERBOSE) TABLE CONCURRENTLY t",
  "REINDEX (CONCURRENTLY) INDEX ti",
  "REINDEX (VERBOSE, CONCURRENTLY TRUE) INDEX ti",
  "REINDEX SCHEMA public",
  "VACUUM",
  "VACUUM (ANALYZE) t",
  "CREATE DATABASE other",
  "DROP DATABASE IF EXISTS other",
  "ALTER DATABASE postgres SET TABLESPACE pg_default",
  "CREATE TABLESPACE s LOCATION '/tmp/nowhere'",
  "DROP TABLESPACE s",
  "ALTER SYSTEM SET work_mem = '4MB'",
  "CLUSTER",
  "DISCARD ALL",
  "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY",
  "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p",
  "COMMIT PREPARED 'x'",
  "ROLLBACK PREPARED 'x'",
];

/** Taken by the server, but they would end the revision's transaction, or begin another. */
const ending = [
  "BEGIN",
  "START TRANSACTION",
  "COMMIT",
  "END",
  "ABORT",
  "ROLLBACK",
  "COMMIT AND CHAIN",
  "rollback work",
];

const fine = [
  "CREATE INDEX concurrently_not ON t (a)",
  'CREATE INDEX "CONCURRENTLY" ON t (a)',
  "DROP INDEX ti",
  "REINDEX TABLE t",
  "REINDEX (CONCURRENTLY FALSE) INDEX ti",
  "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
  "ANALYZE",
  "ALTER TABLE parted DETACH PARTITION part",
  "ALTER TYPE mood ADD VALUE 'ok'",
  "ALTER DATABASE postgres SET work_mem = '4MB'",
  "CLUSTER t USING ti",
  "CHECKPOINT",
  "SAVEPOINT a",
  "SELECT 'VACUUM'",
  "DO $$ BEGIN PERFORM 1; END $$",
  "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END",
];

const refusal = (sql: string) => refusesTransaction({ kind: "execute", sql });

describe("what cannot run in a transaction", () => {
  test.each([...refused, ...ending])("%s", (sql) => expect(refusal(sql)).not.toBeNull());
  test.each([...fine, "SAVEPOINT a; ROLLBACK TO SAVEPOINT a"])("not %s", (sql) =>
    expect(refusal(sql)).toBeNull(),
  );

  forEachServer((server) => {
    test("the server agrees", async () => {
      await session(await createDatabase(server), async (client) => {
        await client.query(
          `CREATE TABLE t (a int); CREATE INDEX ti ON t (a); CREATE TYPE mood AS ENUM ('sad');
           CREATE TABLE parted (a int) PARTITION BY LIST (a); CREATE TABLE part PARTITION OF parted FOR VALUES IN (1);
           CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE UNIQUE INDEX ON m (a)`,
        );
        const inTransaction = async (sql: string) => {
          await client.query("BEGIN");
          const code = await client.query(sql).then(
            () => null,
            (failure: { code: string }) => failure.code,
          );
          await client.query("ROLLBACK");
          return code;
        };
        for (const sql of refused) expect([sql, await inTransaction(sql)]).toEqual([sql, "25001"]);
        for (const sql of fine) expect([sql, await inTransaction(sql)]).toEqual([sql, null]);
      });
    });
  });
});

test("it is found behind other statements", () => {
  expect(refusal("SELECT 1; SELECT 2; VACUUM t")).toBe("VACUUM");
});

test("only what works beside others waits without a limit", () => {
  expect(isConcurrent("CREATE INDEX CONCURRENTLY i ON t (a)")).toBe(true);
  expect(isConcurrent("ALTER TABLE p DETACH PARTITION c CONCURRENTLY")).toBe(true);
  expect(isConcurrent("VACUUM t")).toBe(false);
  expect(isConcurrent("CREATE INDEX i ON t (a)")).toBe(false);
});
