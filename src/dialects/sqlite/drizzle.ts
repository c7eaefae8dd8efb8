/** The project's own drizzle-orm on a connection. */
import { pathToFileURL } from "node:url";
import { fail } from "../../errors.ts";
import type { Engine } from "./driver.ts";

/** What of drizzle-orm/better-sqlite3 is used. */
interface DrizzleDriver {
  drizzle(config: { readonly client: Engine }): unknown;
}

/** drizzle-orm as the project's own files import it, not the copy that require() would find. */
export async function loadDrizzle(root: string, engine: Engine): Promise<unknown> {
  const { ResolverFactory } = await import("oxc-resolver");
  const resolver = new ResolverFactory({ conditionNames: ["node", "import"] });
  const { path } = resolver.sync(root, "drizzle-orm/better-sqlite3");
  if (!path)
    return fail("DRIVER_MISSING", { driver: "drizzle-orm", dialect: "op.run with db.drizzle" });
  const { drizzle } = (await import(pathToFileURL(path).href)) as DrizzleDriver;
  return drizzle({ client: engine });
}
