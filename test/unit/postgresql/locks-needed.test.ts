import { expect, onTestFinished, test } from "vitest";
import { locksNeeded } from "../../../src/dialects/postgresql/locks-needed.ts";
import { t } from "../../../src/operations/columns.ts";
import { primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { connectTo, recordedBy, statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer } from "../../support/postgres/database.ts";
import { startServer, versions } from "../../support/postgres/start.ts";

const id = t.integer("id", { identity: "always" });
const scripts: readonly ((op: Op) => void)[] = [
  (op) => op.createTable("t", []),
  (op) => op.createTable("t", [t.integer("a"), t.varchar("b", { length: 100 })]),
  (op) => op.createTable("t", [id, t.text("b")], [primaryKey("pk", ["id"]), unique("u", ["b"])]),
  (op) => op.createTable("t", [t.numeric("a"), t.jsonb("b"), t.uuid("c")]),
  (op) =>
    op.createTable("t", [
      t.numeric("a", { precision: 10, scale: 2 }),
      t.timestamp("b"),
      t.interval("c"),
    ]),
  (op) =>
    op.createTable("t", [
      t.serial("a"),
      t.enum("b", { schema: "pg_catalog", name: "int4" }),
      t.integer("c", { array: true }),
      t.bigint("d", { generated: { as: "a * 2" } }),
    ]),
];

forEachServer((server) => {
  test("a new table takes as many locks as it is said to", async () => {
    const connection = await connectTo(await createDatabase(server));
    for (const script of scripts) {
      await connection.begin({ suspendForeignKeys: false });
      for (const statement of await statementsOf(script)) await connection.send(statement);
      const [held] = await connection.all(
        "SELECT count(DISTINCT relation)::int AS relations FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relation >= 16384",
      );
      await connection.rollback();
      const needed = recordedBy(script).map(({ operation }) => locksNeeded(operation));
      expect([String(script), ...needed]).toEqual([String(script), held?.relations]);
    }
  });
});

test("rows are no relations, however many statements they come in", () => {
  const needed = (sql: string) => locksNeeded({ kind: "execute", sql });
  expect(needed("-- rows\nINSERT INTO t VALUES (1)")).toBe(0);
  expect(needed("with a as (select 1) update t set b = 1")).toBe(0);
  expect(needed("COMMENT ON COLUMN t.a IS 'b'")).toBe(0);
  expect(needed("create table u (a int)")).toBe(1);
  expect(needed("/* many */ DO $$ BEGIN END $$")).toBe(1);
});

// A server of their own: who fills the lock table fills it for everybody.
test.each(versions)(
  "the lock table of PostgreSQL %s holds what it is said to hold",
  async (version) => {
    const settings = { max_connections: "20", max_locks_per_transaction: "32" };
    const server = await startServer(version, { settings });
    onTestFinished(() => server.stop());
    const connection = await connectTo(server.url);
    const { lockBudget = 0 } = await connection.state();
    expect(lockBudget).toBe(Math.trunc(20 * 32 * 1.7));
    const statements = await statementsOf((op) => {
      for (let count = 0; count < lockBudget; count++) op.createTable(`t${count}`, []);
      op.execute("SELECT 1");
      op.execute(
        "DO $$ BEGIN FOR i IN 1..30000 LOOP EXECUTE format('CREATE TABLE u%s ()', i); END LOOP; END $$",
      );
    });
    await connection.begin({ suspendForeignKeys: false });
    for (const statement of statements.slice(0, -1)) await connection.send(statement);
    await connection.flush();
    for (const statement of statements.slice(-1)) await connection.send(statement);
    const failure = await connection.flush().catch((it: unknown) => it);
    expect(connection.explain(failure).why).toMatch(
      /^out of shared memory.*run with --transaction each, split the revision, or raise max_locks_per_transaction$/,
    );
    await connection.rollback();
    await connection.close();
  },
);
