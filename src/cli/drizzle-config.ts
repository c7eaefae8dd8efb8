/** What an existing `drizzle.config` says that a new project can start from. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLoader } from "../load/loader.ts";
import type { DialectName } from "../model/schema.ts";
import { note } from "./output.ts";

export interface DrizzleConfig {
  readonly dialect: DialectName;
  readonly schema: readonly string[];
  /** TypeScript that gives the URL; null where the config has none that may be written down. */
  readonly url: string | null;
}

// The names and the order are drizzle-kit's own.
const names = ["drizzle.config.ts", "drizzle.config.js", "drizzle.config.json"];

/** The config of drizzle-kit in `root`, or null. One that cannot be used is told, and is no reason to stop. */
export async function readDrizzleConfig(root: string): Promise<DrizzleConfig | null> {
  const name = names.find((it) => existsSync(join(root, it)));
  if (name === undefined) return null;
  try {
    const read = interpret(await load(root, name));
    note(read === null ? `${name}: its dialect is neither sqlite nor postgresql` : `read ${name}`);
    return read;
  } catch (failure) {
    note(`${name} could not be read: ${failure instanceof Error ? failure.message : String(failure)}`);
    return null;
  }
}

async function load(root: string, name: string): Promise<unknown> {
  if (name.endsWith(".json")) return JSON.parse(readFileSync(join(root, name), "utf8"));
  const exports = await createLoader({ root, builtins: {} }).import(join(root, name));
  return exports.default ?? exports;
}

function interpret(config: unknown): DrizzleConfig | null {
  if (typeof config !== "object" || config === null) return null;
  const { dialect, schema, dbCredentials } = config as Readonly<Record<string, unknown>>;
  if (dialect !== "sqlite" && dialect !== "postgresql") return null;
  const paths = [schema ?? []].flat().filter((path) => typeof path === "string");
  const url = (dbCredentials as { url?: unknown } | undefined)?.url;
  return { dialect, schema: paths, url: typeof url === "string" ? urlSource(url, dialect) : null };
}

/** The variable that holds the URL, or the path of an SQLite file; a password is never written down. */
function urlSource(url: string, dialect: DialectName): string | null {
  const variable = Object.entries(process.env).find(([, value]) => value === url)?.[0];
  if (variable !== undefined && /^[A-Za-z_]\w*$/.test(variable)) return `process.env.${variable}`;
  if (dialect !== "sqlite" || /^(libsql|https?|wss?):/.test(url)) return null;
  return JSON.stringify(/^(file|sqlite):/.test(url) ? url : `sqlite:${url}`);
}
