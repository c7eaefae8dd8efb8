/** A database for a history to be replayed in: of PGlite, or on a server where the history needs what that has. */
import { randomBytes } from "node:crypto";
import { error } from "../../errors.ts";
import type { Connection, ConnectTarget, ThrowAwayOptions } from "../dialect.ts";
import { masked } from "../mask.ts";
import { connect } from "./connect.ts";
import { isPglite } from "./pglite.ts";
import { quote } from "./write.ts";

const timeouts = { runLock: 10_000, lock: 5_000, statement: 0 };

/** An empty database, which is gone when the connection is closed. */
export async function throwAway(options: ThrowAwayOptions): Promise<Connection> {
  const server = serverOf(options);
  if (server === null) return connect(targetAt(options, "pglite:"));
  const { admin, url, drop } = await makeDatabase(options, server);
  try {
    const connection = await connect(targetAt(options, url));
    return { ...connection, close: () => connection.close().finally(drop) };
  } catch (failure) {
    await drop();
    throw unusable(admin, server, failure);
  }
}

/** The server that the options name; null where the database is of this process. */
export function serverOf({ server }: ThrowAwayOptions): string | null {
  return server === undefined || isPglite(server) ? null : server;
}

export function targetAt({ root, versionTable }: ThrowAwayOptions, url: string): ConnectTarget {
  return { url, root, versionTable, readOnly: false, timeouts };
}

/** A database that was made on a server. */
export interface Made {
  /** A session with the server's own database. */
  readonly admin: Connection;
  readonly url: string;
  /** The session ends with it. */
  drop(): Promise<void>;
}

/** Make a database on `server`. Throws SCRATCH_UNUSABLE. */
export async function makeDatabase(options: ThrowAwayOptions, server: string): Promise<Made> {
  const admin = await connect(targetAt(options, server));
  const name = `mig_scratch_${randomBytes(6).toString("hex")}`;
  const drop = async () => {
    await admin.run(`DROP DATABASE IF EXISTS ${quote(name)}`).finally(() => admin.close());
  };
  try {
    await admin.run(`CREATE DATABASE ${quote(name)}`);
    return { admin, url: withDatabase(server, name), drop };
  } catch (failure) {
    await drop();
    throw unusable(admin, server, failure);
  }
}

function unusable(admin: Connection, server: string, failure: unknown) {
  const { why, error: known } = admin.explain(failure);
  return known ?? error("SCRATCH_UNUSABLE", { url: masked(server), why });
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
