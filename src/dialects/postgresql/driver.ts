/** Loading what belongs to the project, on use: `pg`, and the project's own drizzle-orm. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type pg from "pg";
import { fail } from "../../errors.ts";

/** The project's `pg`, or else the one beside mig. */
export function loadDriver(root: string): typeof pg {
  for (const place of [join(root, "package.json"), import.meta.url]) {
    const driver = loadFrom(place);
    if (driver) return driver;
  }
  return fail("DRIVER_MISSING", { driver: "pg", dialect: "PostgreSQL" });
}

function loadFrom(place: string): typeof pg | null {
  const require = createRequire(place);
  try {
    require.resolve("pg");
  } catch {
    return null;
  }
  // An installed driver that does not load says so itself.
  return require("pg") as typeof pg;
}

/** What of drizzle-orm/node-postgres is used. */
export interface DrizzleDriver {
  drizzle(config: { readonly client: pg.Client }): unknown;
}

/** The project's drizzle-orm: as its own files import it, not the copy that require() would find. */
export async function loadDrizzle(root: string): Promise<DrizzleDriver> {
  const { ResolverFactory } = await import("oxc-resolver");
  const resolver = new ResolverFactory({ conditionNames: ["node", "import"] });
  const { path } = resolver.sync(root, "drizzle-orm/node-postgres");
  if (!path) fail("DRIVER_MISSING", { driver: "drizzle-orm", dialect: "op.run with db.drizzle" });
  return (await import(pathToFileURL(path).href)) as DrizzleDriver;
}
