/** The project's drizzle-orm on a session of mig. */
import type pg from "pg";
import { fail } from "../../errors.ts";
import { loadAsImported } from "../packages.ts";

/** What of drizzle-orm/node-postgres is used. */
interface DrizzleDriver {
  drizzle(config: { readonly client: pg.Client }): unknown;
}

/** Runs one query of the project when its turn comes. */
export type Ask = (query: () => Promise<unknown>) => Promise<unknown>;

/** A NodePgDatabase whose queries go through `ask`. `isNested` tells whether a transaction is under way. */
export function drizzleOn(
  client: pg.Client,
  root: string,
  ask: Ask,
  isNested: () => boolean,
): unknown {
  const driver =
    loadAsImported<DrizzleDriver>("drizzle-orm/node-postgres", root) ??
    fail("DRIVER_MISSING", { driver: "drizzle-orm", dialect: "op.run with db.drizzle" });
  const query = (config: QueryConfig, values?: unknown[]) =>
    ask(() => client.query(isNested() ? nested(config) : config, values));
  // Drizzle tells a client from a pool by its prototype, so this has to remain a client.
  const standIn = new Proxy(client, {
    get(target, key) {
      if (key === "query") return query;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  return driver.drizzle({ client: standIn });
}

type QueryConfig = string | { readonly text: string };

/** `db.transaction` inside a revision's transaction is a savepoint of it: its own COMMIT would end the revision's. */
function nested(config: QueryConfig): QueryConfig {
  const text = typeof config === "string" ? config : config.text;
  const savepoint = asSavepoint(text);
  if (savepoint === null) return config;
  return typeof config === "string" ? savepoint : { ...config, text: savepoint };
}

function asSavepoint(text: string): string | null {
  if (/^\s*begin\b/i.test(text)) return "SAVEPOINT mig_work";
  if (/^\s*commit\s*$/i.test(text)) return "RELEASE SAVEPOINT mig_work";
  return /^\s*rollback\s*$/i.test(text) ? "ROLLBACK TO SAVEPOINT mig_work" : null;
}
