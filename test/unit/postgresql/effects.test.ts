import { expect, test } from "vitest";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { apply, connectTo, statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

/** What a constraint or an index is for, tried with rows. */
forEachServer((server) => {
  async function database(before: string, ...scripts: readonly ((op: Op) => void)[]) {
    const url = await createDatabase(server);
    await query(url, before);
    const connection = await connectTo(url);
    for (const script of scripts) await apply(connection, script);
    return { url, connection };
  }

  test("the sequence of an identity gets the name that is given, in the schema of its table", async () => {
    const on = { schema: "app", name: "t" };
    const of = "SELECT pg_get_serial_sequence('app.t', 'id') AS sequence";
    const { url, connection } = await database("CREATE SCHEMA app", (op) =>
      op.createTable(on, [t.integer("id", { identity: { generated: "always", name: "one" } })]),
    );
    expect(await query(url, of)).toEqual([{ sequence: "app.one" }]);
    await query(url, "INSERT INTO app.t DEFAULT VALUES");
    const names = ["two", "Three's", undefined] as const;
    for (const name of names) {
      await apply(connection, (op) =>
        op.alterColumn(on, "id", { identity: { generated: "always", ...(name && { name }) } }),
      );
    }
    expect(await query(url, of)).toEqual([{ sequence: `app."Three's"` }]);
    expect(await query(url, `SELECT nextval('app."Three''s"')::int AS n`)).toEqual([{ n: 2 }]);
  });

  test("a deferred foreign key waits for the end of the transaction", async () => {
    const { url, connection } = await database("", (op) =>
      op.createTable(
        "nodes",
        [t.integer("id"), t.integer("next", { notNull: true })],
        [
          primaryKey("nodes_pkey", ["id"]),
          foreignKey("next_fk", ["next"], "nodes", ["id"], { deferrable: "deferred" }),
        ],
      ),
    );
    await apply(connection, (op) => {
      op.insert("nodes", [{ id: 1, next: 2 }]);
      op.insert("nodes", [{ id: 2, next: 1 }]);
    });
    expect(await query(url, "SELECT count(*)::int FROM nodes")).toEqual([{ count: 2 }]);
  });

  test("one that is deferrable waits only where it is told to", async () => {
    const { url } = await database("CREATE TABLE t (id int)", (op) =>
      op.addConstraint("t", unique("t_key", ["id"], { deferrable: "immediate" })),
    );
    await query(url, "INSERT INTO t VALUES (1), (2)");
    const twice =
      "INSERT INTO t VALUES (1); DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t WHERE id = 1)";
    await expect(query(url, `BEGIN; ${twice}; COMMIT`)).rejects.toThrow("t_key");
    await query(url, `BEGIN; SET CONSTRAINTS t_key DEFERRED; ${twice}; COMMIT`);
  });

  test("rows that exist are not checked, until they are", async () => {
    const rows = "CREATE TABLE t (a int); INSERT INTO t VALUES (-1)";
    const { url, connection } = await database(rows, (op) =>
      op.addConstraint("t", check("t_check", "a > 0", { notValid: true })),
    );
    await expect(query(url, "INSERT INTO t VALUES (-2)")).rejects.toThrow("t_check");
    const validate = (op: Op) => op.validateConstraint("t", "t_check");
    await expect(apply(connection, validate)).rejects.toThrow("is violated by some row");
    await connection.rollback();
    await query(url, "UPDATE t SET a = 1");
    await apply(connection, validate);
    expect(
      await query(url, "SELECT convalidated FROM pg_constraint WHERE conname = 't_check'"),
    ).toEqual([{ convalidated: true }]);
  });

  test("two NULLs are equal where it is said", async () => {
    const { url } = await database("CREATE TABLE t (a int, b int)", (op) => {
      op.addConstraint("t", unique("t_key", ["a"], { nullsNotDistinct: true, include: ["b"] }));
      op.createIndex("t_idx", "t", ["b"], { unique: true });
    });
    await query(url, "INSERT INTO t VALUES (1, NULL), (NULL, NULL)");
    await expect(query(url, "INSERT INTO t VALUES (NULL, 3)")).rejects.toThrow("t_key");
  });

  test("an index of a partitioned table alone becomes whole with those of its partitions", async () => {
    const { url } = await database(
      "CREATE TABLE parted (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)",
      (op) => {
        op.createIndex("parted_idx", "parted", ["id"], { only: true });
        op.createIndex("part_idx", "part", ["id"]);
        op.execute("ALTER INDEX parted_idx ATTACH PARTITION part_idx");
      },
    );
    expect(
      await query(
        url,
        "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid::regclass::text LIKE 'part%'",
      ),
    ).toEqual([{ valid: true }, { valid: true }]);
  });

  test("a computed column is computed, and one that is computed no longer keeps its values", async () => {
    const { url, connection } = await database(
      "CREATE TABLE t (a int); INSERT INTO t VALUES (2)",
      (op) => op.addColumn("t", t.integer("b", { generated: sql`a * 2` })),
    );
    await query(url, "UPDATE t SET a = 5");
    await expect(query(url, "UPDATE t SET b = 1")).rejects.toThrow(
      "can only be updated to DEFAULT",
    );
    await apply(connection, (op) => op.alterColumn("t", "b", { generated: null }));
    await query(url, "UPDATE t SET a = 6; INSERT INTO t VALUES (7, 8)");
    expect(await query(url, "SELECT * FROM t ORDER BY a")).toEqual([
      { a: 6, b: 10 },
      { a: 7, b: 8 },
    ]);
  });

  test("a materialized view is empty, filled, and filled anew", async () => {
    const { url, connection } = await database(
      "CREATE TABLE t (a int); INSERT INTO t VALUES (1)",
      (op) => {
        op.createView("m", sql`SELECT a FROM t`, { materialized: true, withNoData: true });
        op.createIndex("m_key", "m", ["a"], { unique: true });
      },
    );
    await expect(query(url, "SELECT * FROM m")).rejects.toThrow("has not been populated");
    await apply(connection, (op) => op.refreshView("m"));
    await query(url, "INSERT INTO t VALUES (2)");
    await apply(connection, (op) => op.refreshView("m", { concurrently: true }));
    expect(await query(url, "SELECT a FROM m ORDER BY a")).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("a view runs with the rights that it is said to have", async () => {
    const { url } = await database("CREATE TABLE t (a int)", (op) =>
      op.createView("v", "SELECT a FROM t", { with: { security_invoker: true } }),
    );
    expect(await query(url, "SELECT reloptions FROM pg_class WHERE relname = 'v'")).toEqual([
      { reloptions: ["security_invoker=true"] },
    ]);
  });

  test("words of newer servers are known where they fail", async () => {
    const { url, connection } = await database("CREATE TABLE t (a int)");
    const scripts: readonly [number, string, (op: Op) => void][] = [
      [
        18,
        "VIRTUAL",
        (op) => op.addColumn("t", t.integer("b", { generated: { as: "a", stored: false } })),
      ],
      [17, "EXPRESSION", (op) => op.alterColumn("t", "a", { generated: sql`1` })],
    ];
    const [{ server_version_num: number } = {}] = await query(url, "SHOW server_version_num");
    for (const [version, word, script] of scripts) {
      const failure = await apply(connection, script).catch((it: unknown) => it);
      const hint = `; ${word} needs PostgreSQL ${version} or later`;
      const why = failure === undefined ? "" : connection.explain(failure).why;
      await connection.rollback();
      expect([word, why.endsWith(hint)]).toEqual([word, Number(number) < version * 10_000]);
    }
  });
});

test("what PostgreSQL cannot do is refused before anything runs", async () => {
  const scripts: readonly [(op: Op) => void, string][] = [
    [
      (op) => op.alterColumn("t", "a", { collation: "C" }),
      "alterColumn t.a: PostgreSQL changes a collation only along with the type; give the `type` too",
    ],
    [
      (op) => op.alterColumn({ schema: "s", name: "t" }, "a", { collation: null }),
      "alterColumn s.t.a: PostgreSQL changes a collation only along with the type; give the `type` too",
    ],
    [
      (op) => op.addColumn("t", t.serial("a"), { backfill: "1" }),
      "addColumn t.a: serial numbers the rows that exist; leave out the backfill, or take an `identity`",
    ],
    [
      (op) => op.addColumn("t", t.text("a", { generated: sql`b` }), { backfill: "b" }),
      "addColumn t.a: a column that is computed takes no backfill",
    ],
    [
      (op) => op.createView("v", "SELECT 1", { materialized: true, orReplace: true }),
      "createView v: PostgreSQL replaces no materialized view; drop it first",
    ],
    [
      (op) => op.createView("v", "SELECT 1; DROP TABLE t"),
      "createView v: its query is not one whole statement",
    ],
    [(op) => op.createView("v", "SELECT '"), "createView v: its query is not one whole statement"],
    [(op) => op.createView("v", " ; "), "createView v: its query is not one whole statement"],
  ];
  for (const [script, message] of scripts) {
    await expect(statementsOf(script)).rejects.toMatchObject({
      code: "OPERATION_INVALID",
      message,
    });
  }
});
