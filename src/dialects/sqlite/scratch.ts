/** A database in memory, where a script's earlier revisions are replayed. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection, Reader } from "../dialect.ts";
import { connect } from "./connection.ts";

/** A new empty database, or one with the tables of `like` and none of their rows. */
export async function scratch(like?: Reader): Promise<Connection> {
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
  for (const sql of like === undefined ? [] : await definitions(like)) await connection.run(sql);
  return connection;
}

/**
 * In the order in which they were made. What SQLite makes by itself has no text, or a name of its own; the tables behind a
 * virtual one are made by its module.
 */
async function definitions(like: Reader): Promise<readonly string[]> {
  const rows = await like.all(
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow') ORDER BY rowid`,
  );
  return rows.map(({ sql }) => String(sql));
}
