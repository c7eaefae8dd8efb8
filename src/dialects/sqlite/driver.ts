/** Loading better-sqlite3, on use and from where the project has it. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { fail } from "../../errors.ts";

/** An open database of the driver. */
export type Engine = BetterSqlite3.Database;

export type Driver = typeof BetterSqlite3;

/** The project's driver, or else the one beside mig. */
export function loadDriver(root: string | null): Driver {
  const places = [...(root === null ? [] : [join(root, "package.json")]), import.meta.url];
  for (const place of places) {
    const driver = loadFrom(place);
    if (driver) return driver;
  }
  return fail("DRIVER_MISSING", { driver: "better-sqlite3", dialect: "SQLite" });
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
