/**
 * PGlite, which is PostgreSQL in this process: behind `pg`, so that a session with it is one like any other.
 * https://pglite.dev/docs/api#execprotocolraw
 */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import type pg from "pg";
import { error, fail } from "../../errors.ts";
import type { ConnectTarget } from "../dialect.ts";
import type { PgliteClient } from "../existing.ts";
import { brokenDriver, loadPackage } from "../packages.ts";
import { loadDriver } from "./driver.ts";
import { start } from "./pglite-start.ts";
import { type Engine, wire } from "./pglite-wire.ts";

type Package = typeof import("@electric-sql/pglite");

/** Whether `url` names a database of PGlite: `pglite:` in memory, `pglite:path` in a folder. */
export function isPglite(url: string): boolean {
  return /^pglite:/i.test(url);
}

/** A client of the database that `url` names. The database ends with it. */
export async function openPglite(target: Target): Promise<pg.Client> {
  return clientOf(await startPglite(target), target.root);
}

type Target = Pick<ConnectTarget, "url" | "root" | "readOnly">;

/** The database that `url` names. */
export async function startPglite(target: Target): Promise<PGlite> {
  const engine = load(target.root);
  // What is missing is said before a database is made.
  loadDriver(target.root);
  const folder = folderOf(target);
  if (folder !== null) mkdirSync(dirname(folder), { recursive: true });
  try {
    return await start(engine, folder, target.root);
  } catch (cause) {
    if (folder === null) throw brokenDriver("@electric-sql/pglite", cause);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw error("DATABASE_UNUSABLE", { url: target.url, why }, { cause });
  }
}

/** A client of a database that somebody else keeps. */
export function connectTo(database: PgliteClient, root: string): Promise<pg.Client> {
  const kept: Engine = {
    execProtocolRaw: (message) => database.execProtocolRaw(message),
    close: async () => {},
  };
  return clientOf(kept, root);
}

/** A session with `database`, which ends with it. */
async function clientOf(database: Engine, root: string): Promise<pg.Client> {
  const { Client } = loadDriver(root);
  // What the environment says of a server (PGSSLMODE, PGHOST) is not about this one.
  const client = new Client({
    host: "localhost",
    user: "postgres",
    database: "postgres",
    ssl: false,
    stream: () => wire(database),
  });
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** The folder of the database; null for one in memory. A command that only looks makes none. */
function folderOf({ url, root, readOnly }: Target): string | null {
  const named = url.replace(/^pglite:(?:\/\/)?/i, "");
  if (named === "" || named === ":memory:") return null;
  const folder = isAbsolute(named) ? named : join(root, named);
  return readOnly && !existsSync(folder) ? null : folder;
}

function load(root: string): Package {
  return loadPackage<Package>("@electric-sql/pglite", root) ?? fail("PGLITE_MISSING", {});
}
