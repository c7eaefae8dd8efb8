import { expect, onTestFinished, test } from "vitest";
import { postgresql } from "../../../src/dialects/postgresql/index.ts";
import {
  connectTo,
  createTables,
  logEntry,
  statementsOf,
} from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";
import { startProxy } from "../../support/postgres/proxy.ts";

const at = { name: "mig_version" };

forEachServer((server) => {
  async function proxied() {
    const proxy = await startProxy(await createDatabase(server));
    onTestFinished(() => proxy.close());
    return proxy;
  }

  /** What the runtime does to apply revisions, each in a transaction. */
  async function upgrade(url: string, revisions: readonly string[]): Promise<void> {
    const connection = await connectTo(url);
    const { heads, hasLog } = await connection.enter(() => {});
    if (revisions.length > 0 && (heads === null || !hasLog)) await createTables(connection);
    let before = heads ?? [];
    for (const revision of revisions) {
      expect(await connection.begin({ suspendForeignKeys: false })).toEqual(before);
      const statements = await statementsOf((op) => op.execute(`CREATE TABLE t_${revision} ()`));
      const { moveHeads, log } = postgresql.bookkeeping;
      const own = [...moveHeads(at, before, [revision]), log(at, logEntry(revision))];
      for (const statement of statements) await connection.send(statement);
      for (const sql of own) await connection.send({ sql, from: null });
      await connection.commit();
      before = [revision];
    }
    await connection.close();
  }

  test("connecting with a password takes 3, and saying goodbye 1", async () => {
    const proxy = await proxied();
    await (await connectTo(proxy.url)).close();
    expect(proxy.roundTrips()).toBe(4);
  });

  test("an upgrade that has nothing to do takes 6, from connecting to closing", async () => {
    const proxy = await proxied();
    await upgrade(proxy.url, ["a"]);
    proxy.reset();
    await upgrade(proxy.url, []);
    expect([proxy.connections(), proxy.roundTrips()]).toEqual([1, 6]);
  });

  test("N revisions take N + 6, and N + 7 in an empty database", async () => {
    const proxy = await proxied();
    const names = Array.from({ length: 20 }, (_, index) => `r${index}`);
    await upgrade(proxy.url, names.slice(0, 10));
    expect(proxy.roundTrips()).toBe(10 + 7);
    proxy.reset();
    await upgrade(proxy.url, names.slice(10));
    expect(proxy.roundTrips()).toBe(10 + 6);
    expect(await query(proxy.url, "SELECT version_num FROM mig_version")).toEqual([
      { version_num: "r19" },
    ]);
  });
});
