/** Sessions that are killed: what the server does with a client that is gone, in a database to throw away. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection, Killable, ThrowAwayOptions } from "../dialect.ts";
import { connect } from "./connect.ts";
import { createConnection } from "./connection.ts";
import { connectTo, startPglite } from "./pglite.ts";
import { makeDatabase, serverOf, targetAt } from "./throw-away.ts";

export async function killable(options: ThrowAwayOptions): Promise<Killable> {
  const server = serverOf(options);
  return server === null ? inProcess(options) : onServer(options, server);
}

/**
 * PGlite is one session, and goes with its process, database and all. What a server does when its client is gone is done here
 * by hand: the transaction is rolled back, and settings, locks and temporary tables go.
 */
async function inProcess(options: ThrowAwayOptions): Promise<Killable> {
  const target = targetAt(options, "pglite:");
  const database = await startPglite(target);
  const open = async () => {
    const client = await connectTo(database, options.root);
    return createConnection(client, target, () => client.end());
  };
  let session: Connection | null = null;
  return {
    async open() {
      session = await open();
      return session;
    },
    async kill() {
      const successor = await open();
      await successor.run("ROLLBACK");
      await successor.run("DISCARD ALL");
      await Promise.all([session?.close(), successor.close()]);
      session = null;
    },
    async close() {
      await session?.close();
      await database.close();
    },
  };
}

const pollEvery = 5;

async function onServer(options: ThrowAwayOptions, server: string): Promise<Killable> {
  const { admin, url, drop } = await makeDatabase(options, server);
  let session: Connection | null = null;
  let pid = 0;
  return {
    async open() {
      session = await connect(targetAt(options, url));
      const [row] = await session.all("SELECT pg_backend_pid() AS pid");
      pid = Number(row?.pid);
      return session;
    },
    async kill() {
      await admin.run("SELECT pg_terminate_backend($1)", [pid]);
      // Its locks are held until it is gone.
      const gone = "SELECT 1 FROM pg_stat_activity WHERE pid = $1";
      while ((await admin.all(gone, [pid])).length > 0) await sleep(pollEvery);
      await session?.close().catch(() => {});
      session = null;
    },
    async close() {
      await session?.close();
      await drop();
    },
  };
}
