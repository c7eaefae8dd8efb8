import type { Connection, ThrowAwayOptions } from "../dialect.ts";
import { connect } from "./connection.ts";

/** An empty database in memory. */
export async function throwAway({ root, versionTable }: ThrowAwayOptions): Promise<Connection> {
  return connect({
    url: "sqlite::memory:",
    root,
    versionTable,
    readOnly: false,
    timeouts: { runLock: 0, lock: 0, statement: 0 },
  });
}
