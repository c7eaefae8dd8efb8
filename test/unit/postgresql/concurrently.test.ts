import { describe, expect, test } from "vitest";
import type { Connection } from "../../../src/dialects/dialect.ts";
import { t } from "../../../src/operations/columns.ts";
import { unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { connectTo, statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query, session } from "../../support/postgres/database.ts";

const createIt = (op: Op) =>
  op.createIndex("Big one", "t", ["a"], { unique: true, concurrently: true });

/** Send `script` as a revision without transaction does. */
async function sendAlone(connection: Connection, script: (op: Op) => void): Promise<void> {
  for (const statement of await statementsOf(script)) await connection.send(statement);
}

async function probeOf(connection: Connection, script: (op: Op) => void) {
  const [statement] = await statementsOf(script);
  if (!statement) throw new Error("no statement");
  return connection.probe(statement);
}

async function indexes(url: string): Promise<unknown[]> {
  return query(
    url,
    "SELECT relname AS name, indisvalid AS valid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indrelid = 't'::regclass ORDER BY 1",
  );
}

forEachServer((server) => {
  async function withTable(rows = "SELECT 1 AS a") {
    const url = await createDatabase(server);
    await query(url, `CREATE TABLE t AS ${rows}`);
    return url;
  }

  test("one builds an index while another waits for its turn: neither stops the other", async () => {
    const url = await withTable();
    const first = await connectTo(url);
    await first.enter(() => {});
    const second = await connectTo(url, { timeouts: { runLock: 20_000 } });
    const told: string[] = [];
    const waiting = second.enter((holder) => told.push(holder));
    // Longer than deadlock_timeout: a waiter inside pg_advisory_lock would now make the index fail with 40P01.
    await session(url, async (writer) => {
      await writer.query("BEGIN; INSERT INTO t VALUES (2)");
      const building = sendAlone(first, createIt);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await writer.query("COMMIT");
      await building;
    });
    expect(await indexes(url)).toEqual([{ name: "Big one", valid: true }]);
    await first.close();
    await waiting;
    expect(told.length).toBeGreaterThan(0);
  });

  test("it waits for others as long as it takes, whatever the limits of other statements are", async () => {
    const url = await withTable();
    const connection = await connectTo(url, { timeouts: { lock: 100, statement: 200 } });
    await session(url, async (writer) => {
      await writer.query("BEGIN; INSERT INTO t VALUES (2)");
      const building = sendAlone(connection, createIt);
      await new Promise((resolve) => setTimeout(resolve, 600));
      await writer.query("COMMIT");
      await building;
    });
    expect(await indexes(url)).toEqual([{ name: "Big one", valid: true }]);
    // And those limits hold for the next statement again.
    await expect(sendAlone(connection, (op) => op.execute("SELECT pg_sleep(5)"))).rejects.toThrow(
      "statement timeout",
    );
  });

  describe("what became of", () => {
    test("an index that was left invalid: it is dropped, and can be built again", async () => {
      const url = await withTable("SELECT 1 AS a FROM generate_series(1, 2)");
      const connection = await connectTo(url);
      await expect(sendAlone(connection, createIt)).rejects.toThrow(
        "could not create unique index",
      );
      expect(await indexes(url)).toEqual([{ name: "Big one", valid: false }]);
      expect(await probeOf(connection, createIt)).toBe("undone");
      expect(await indexes(url)).toEqual([]);

      await query(url, "TRUNCATE t");
      await sendAlone(connection, createIt);
      expect(await probeOf(connection, createIt)).toBe("done");
    });

    test("one whose session was killed while it was built", async () => {
      const url = await withTable();
      const builder = await connectTo(url);
      const connection = await connectTo(url);
      await session(url, async (writer) => {
        await writer.query("BEGIN; INSERT INTO t VALUES (2)");
        const building = sendAlone(builder, createIt);
        building.catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 200));
        await writer.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE%INDEX%' AND datname = current_database()",
        );
        await expect(building).rejects.toThrow("terminating connection");
        await writer.query("COMMIT");
      });
      expect(await indexes(url)).toEqual([{ name: "Big one", valid: false }]);
      expect(await probeOf(connection, createIt)).toBe("undone");
      await sendAlone(connection, createIt);
      expect(await indexes(url)).toEqual([{ name: "Big one", valid: true }]);
    });

    test("indexes, however they are written", async () => {
      const url = await withTable();
      await query(
        url,
        'CREATE SCHEMA "S x"; CREATE TABLE "S x"."T" (a int); CREATE INDEX plain ON t (a); CREATE INDEX ix ON "S x"."T" (a)',
      );
      const connection = await connectTo(url);
      const findings: readonly (readonly [(op: Op) => void, string])[] = [
        [(op) => op.createIndex("plain", "t", ["a"], { concurrently: true }), "done"],
        [(op) => op.createIndex("ix", "t", ["a"], { concurrently: true }), "undone"],
        [
          (op) => op.createIndex("ix", { schema: "S x", name: "T" }, ["a"], { concurrently: true }),
          "done",
        ],
        [
          (op) =>
            op.execute("create index concurrently if not exists Plain on only T using btree (a)"),
          "done",
        ],
        [(op) => op.execute('-- it\nCREATE INDEX CONCURRENTLY ix ON "S x"."T"(a)'), "done"],
        [(op) => op.execute('CREATE INDEX CONCURRENTLY "Ix" ON "S x"."T" (a)'), "undone"],
        [(op) => op.execute("CREATE INDEX CONCURRENTLY ON t (a)"), "unclear"],
        [(op) => op.dropIndex("plain", "t", { concurrently: true }), "undone"],
        [(op) => op.dropIndex("gone", "t", { concurrently: true }), "done"],
        [
          (op) => op.dropIndex("ix", { schema: "S x", name: "T" }, { concurrently: true }),
          "undone",
        ],
        [(op) => op.execute('DROP INDEX CONCURRENTLY IF EXISTS "S x" . ix'), "undone"],
        [(op) => op.execute("DROP INDEX CONCURRENTLY gone"), "done"],
        [(op) => op.createIndex("plain", "t", ["a"]), "done"],
        [(op) => op.dropIndex("plain", "t"), "undone"],
      ];
      for (const [script, expected] of findings) {
        expect([String(script), await probeOf(connection, script)]).toEqual([
          String(script),
          expected,
        ]);
      }
    });

    test("everything else", async () => {
      const url = await withTable();
      await query(url, "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)");
      const connection = await connectTo(url);
      const findings: readonly (readonly [(op: Op) => void, string])[] = [
        [(op) => op.createTable("t", []), "done"],
        [(op) => op.createTable("new", []), "undone"],
        [(op) => op.createTable("t", [], [], { ifNotExists: true }), "undone"],
        [(op) => op.dropTable("t"), "undone"],
        [(op) => op.dropTable("new"), "done"],
        [(op) => op.renameTable("t", "new"), "undone"],
        [(op) => op.renameTable("old", "t"), "done"],
        [(op) => op.renameTable("t", "t"), "unclear"],
        [(op) => op.addColumn("t", t.text("a")), "done"],
        [(op) => op.addColumn("t", t.text("b")), "undone"],
        [(op) => op.dropColumn("t", "a"), "undone"],
        [(op) => op.dropColumn("t", "b"), "done"],
        [(op) => op.renameColumn("t", "a", "b"), "undone"],
        [(op) => op.renameColumn("t", "z", "a"), "done"],
        [(op) => op.alterColumn("t", "a", { notNull: true }), "undone"],
        [(op) => op.alterColumn("t", "a", { type: t.text("x").type, using: "a * 2" }), "unclear"],
        [(op) => op.addConstraint("t", unique("u", ["a"])), "done"],
        [(op) => op.addConstraint("t", unique("v", ["a"])), "undone"],
        [(op) => op.dropConstraint("t", "u"), "undone"],
        [(op) => op.dropConstraint("t", "v"), "done"],
        [(op) => op.insert("t", [{ a: 1 }]), "unclear"],
        [(op) => op.execute("UPDATE t SET a = a + 1"), "unclear"],
        [(op) => op.execute("VACUUM t"), "undone"],
        [(op) => op.execute("CREATE OR REPLACE VIEW v AS SELECT 1"), "undone"],
        [(op) => op.execute("DROP TABLE IF EXISTS x"), "undone"],
      ];
      for (const [script, expected] of findings) {
        expect([String(script), await probeOf(connection, script)]).toEqual([
          String(script),
          expected,
        ]);
      }
    });
  });

  test("each of several statements runs alone, and a failure leaves those before it", async () => {
    const url = await withTable();
    const connection = await connectTo(url);
    await expect(
      sendAlone(connection, (op) =>
        op.execute("VACUUM t; INSERT INTO t VALUES (7); SELECT nope; SELECT 1"),
      ),
    ).rejects.toMatchObject({ statement: { sql: "SELECT nope" } });
    expect(await query(url, "SELECT a FROM t ORDER BY a")).toEqual([{ a: 1 }, { a: 7 }]);
  });
});
