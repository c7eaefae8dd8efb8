/** Loading better-sqlite3, on use and from where the project has it. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type BetterSqlite3 from "better-sqlite3";
import { fail } from "../../errors.ts";
import { loadPackage } from "../packages.ts";

/** An open database of the driver. */
export type Engine = BetterSqlite3.Database;

/** What the package exports. */
export type Driver = typeof BetterSqlite3;

let loaded: Driver | null = null;

/** The project's driver, or else the one beside mig. */
export function loadDriver(root: string): Driver {
  loaded =
    loadPackage<Driver>("better-sqlite3", root) ??
    fail("DRIVER_MISSING", { driver: "better-sqlite3", dialect: "SQLite" });
  return loaded;
}

/** An empty database in memory. Whoever asks for one has a connection already, and so a driver. */
export function emptyEngine(): Engine {
  const Driver = loaded ?? loadDriver(dirname(fileURLToPath(import.meta.url)));
  return new Driver(":memory:");
}
