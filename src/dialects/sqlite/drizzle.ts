/** The project's own drizzle-orm on a connection. */
import { fail } from "../../errors.ts";
import { loadAsImported } from "../packages.ts";
import type { Engine } from "./driver.ts";

/** What of drizzle-orm/better-sqlite3 is used. */
interface DrizzleDriver {
  drizzle(config: { readonly client: Engine }): unknown;
}

/** A BetterSQLite3Database on `engine`. Throws DRIVER_MISSING. */
export function drizzleOn(engine: Engine, root: string): unknown {
  const driver =
    loadAsImported<DrizzleDriver>("drizzle-orm/better-sqlite3", root) ??
    fail("DRIVER_MISSING", { driver: "drizzle-orm", dialect: "op.run with db.drizzle" });
  return driver.drizzle({ client: engine });
}
