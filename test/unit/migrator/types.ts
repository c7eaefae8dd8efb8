/** What the compiler has to take and to refuse of the programmatic API. It is compiled with the tests, and never run. */
import type { PGlite } from "@electric-sql/pglite";
import type BetterSqlite3 from "better-sqlite3";
import { drizzle as onSqlite } from "drizzle-orm/better-sqlite3";
import { drizzle as onPostgres } from "drizzle-orm/node-postgres";
import { drizzle as onPglite } from "drizzle-orm/pglite";
import type pg from "pg";
import { defineConfig, MigError, Migrator, type RunDocument } from "../../../src/index.ts";

export const config = defineConfig({
  beforeRun: ({ command, steps }) => console.log(command, steps.length),
  beforeRevision: async ({ revision, direction, index, count, dialect }) => {
    const up: "up" | "down" = direction;
    const of: "sqlite" | "postgresql" = dialect;
    console.log(revision.trim(), up, of, index + count);
  },
  afterRevision: ({ ms, environment, file }) => console.log(ms.toFixed(), environment, file),
  afterRun: ({ ms, steps }) => console.log(ms, steps[0]?.ms),
  onError: ({ error, steps, transaction }) =>
    console.log(error.code, error.state?.length, steps.length, transaction === "all"),
});

export const misused = defineConfig({
  // @ts-expect-error: milliseconds are known afterwards
  beforeRevision: ({ ms }) => console.log(ms),
  // @ts-expect-error: no such callback
  afterRevisions: () => {},
});

export function connections(
  database: BetterSqlite3.Database,
  client: pg.Client,
  lent: pg.PoolClient,
  pool: pg.Pool,
  pglite: PGlite,
): readonly Migrator[] {
  return [
    new Migrator(),
    new Migrator({ config, url: "sqlite:x.db", args: { region: "eu" } }),
    new Migrator({ url: { host: "db", port: 5432, database: "palm", user: "me", password: "x" } }),
    new Migrator({ connection: database }),
    new Migrator({ connection: client }),
    new Migrator({ connection: lent }),
    new Migrator({ connection: pool }),
    new Migrator({ connection: pglite }),
    new Migrator({ connection: onSqlite({ client: database }) }),
    new Migrator({ connection: onPostgres({ client: pool }) }),
    new Migrator({ connection: onPglite({ client: pglite }) }),
    // @ts-expect-error: a URL is no connection
    new Migrator({ connection: "sqlite:x.db" }),
    // @ts-expect-error: typed wrong
    new Migrator({ ulr: "sqlite:x.db" }),
  ];
}

export async function calls(migrator: Migrator): Promise<void> {
  const ran: RunDocument = await migrator.upgrade(["head"], { transaction: "all", yes: true });
  const end: () => void = migrator.on("revision", ({ revision, ms }) => console.log(revision, ms));
  end();
  // @ts-expect-error: no such event
  migrator.on("revisions", () => {});
  // @ts-expect-error: a target is asked for
  await migrator.downgrade();
  const { revisions } = await migrator.status();
  const states = revisions.map(({ state }) => state === "pending");
  const { clean, operations, unmanaged } = await migrator.check({ strict: true });
  const { atHead, pending } = await migrator.current();
  try {
    await migrator.stamp("head", { purge: true });
  } catch (failure) {
    if (failure instanceof MigError && failure.code === "LOCKED")
      console.log(failure.context.state);
    // @ts-expect-error: no such code
    if (failure instanceof MigError && failure.code === "LOKCED") console.log(failure.help);
  }
  console.log(ran.current, states, clean, operations, unmanaged, atHead, pending);
  await migrator.close();
}
