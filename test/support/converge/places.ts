/** Databases for pairs of schemas: as empty as new, one after the other. */
import { onTestFinished } from "vitest";
import type { ConnectTarget } from "../../../src/dialects/dialect.ts";
import { postgresql } from "../../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { createDatabase } from "../postgres/database.ts";
import type { PostgresServer } from "../postgres/start.ts";
import type { Place } from "./converge.ts";

const target = (url: string): ConnectTarget => ({
  url,
  root: process.cwd(),
  versionTable: { name: "mig_version" },
  readOnly: false,
  timeouts: { runLock: 5_000, lock: 5_000, statement: 0 },
});

/** Do `work` on an empty SQLite database. */
export async function onSqlite<Result>(work: (place: Place) => Promise<Result>): Promise<Result> {
  const connection = await sqlite.connect(target("sqlite::memory:"));
  try {
    return await work({ dialect: sqlite, connection });
  } finally {
    await connection.close();
  }
}

/** The same on a database of `server`, which is emptied before each. */
export async function onPostgres(
  server: PostgresServer,
): Promise<<Result>(work: (place: Place) => Promise<Result>) => Promise<Result>> {
  const connection = await postgresql.connect(target(await createDatabase(server)));
  onTestFinished(() => connection.close().catch(() => {}));
  return async (work) => {
    await connection.run("DROP SCHEMA IF EXISTS public, app CASCADE");
    await connection.run("CREATE SCHEMA public");
    return work({ dialect: postgresql, connection });
  };
}
