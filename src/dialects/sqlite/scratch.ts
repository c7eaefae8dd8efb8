/** An empty database in memory, where a script's earlier revisions are replayed. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "../dialect.ts";
import { connect } from "./connection.ts";

/** A new empty database. */
export async function scratch(): Promise<Connection> {
  const connection = await connect({
    url: "sqlite::memory:",
    // Nothing says where the project is: what is installed beside mig is what the project has.
    root: dirname(fileURLToPath(import.meta.url)),
    versionTable: { name: "mig_version" },
    readOnly: false,
    timeouts: { runLock: 0, lock: 0, statement: 0 },
  });
  // Revisions are replayed without their envelopes: a rebuild would delete the rows of other tables.
  await connection.run("PRAGMA foreign_keys = OFF");
  return connection;
}
