/** A database for a history to be replayed in: of PGlite, or on a server where the history needs what that has. */
import { randomBytes } from "node:crypto";
import { fail } from "../../errors.ts";
import type { Connection, ConnectTarget, ThrowAwayOptions } from "../dialect.ts";
import { masked } from "../mask.ts";
import { connect } from "./connect.ts";
import { isPglite } from "./pglite.ts";
import { quote } from "./write.ts";

const timeouts = { runLock: 10_000, lock: 5_000, statement: 0 };

/** An empty database, which is gone when the connection is closed. */
export async function throwAway(options: ThrowAwayOptions): Promise<Connection> {
  const { server, root, versionTable } = options;
  const at = (url: string): ConnectTarget => ({
    url,
    root,
    versionTable,
    readOnly: false,
    timeouts,
  });
  if (server === undefined || isPglite(server)) return connect(at("pglite:"));
  const admin = await connect(at(server));
  const name = `mig_scratch_${randomBytes(6).toString("hex")}`;
  const drop = async () => {
    await admin.run(`DROP DATABASE IF EXISTS ${quote(name)}`).finally(() => admin.close());
  };
  try {
    await admin.run(`CREATE DATABASE ${quote(name)}`);
    const connection = await connect(at(withDatabase(server, name)));
    return { ...connection, close: () => connection.close().finally(drop) };
  } catch (failure) {
    const { why, error } = admin.explain(failure);
    await drop();
    throw error ?? fail("SCRATCH_UNUSABLE", { url: masked(server), why });
  }
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
