/** Loading better-sqlite3, on use and from where the project has it. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type BetterSqlite3 from "better-sqlite3";
import { fail } from "../../errors.ts";

/** An open database of the driver. */
export type Engine = BetterSqlite3.Database;

/** What the package exports. */
export type Driver = typeof BetterSqlite3;

let loaded: Driver | null = null;

/** The project's driver, or else the one beside mig. */
export function loadDriver(root: string): Driver {
  for (const place of [join(root, "package.json"), import.meta.url]) {
    loaded = loadFrom(place) ?? loaded;
    if (loaded) return loaded;
  }
  return fail("DRIVER_MISSING", { driver: "better-sqlite3", dialect: "SQLite" });
}

/** An empty database in memory. Whoever asks for one has a connection already, and so a driver. */
export function emptyEngine(): Engine {
  const Driver = loaded ?? loadDriver(dirname(fileURLToPath(import.meta.url)));
  return new Driver(":memory:");
}

function loadFrom(place: string): Driver | null {
  const require = createRequire(place);
  try {
    require.resolve("better-sqlite3");
  } catch {
    return null;
  }
  // An installed driver that does not load (another Node, no binary) says so itself.
  return require("better-sqlite3") as Driver;
}
