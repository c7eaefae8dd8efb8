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
  /** It reads a .env file first, as the new config then has to. */
  readonly readsEnvFile: boolean;
}

// The names and the order are drizzle-kit's own.
const names = ["drizzle.config.ts", "drizzle.config.js", "drizzle.config.json"];

/** The config of drizzle-kit in `root`, or null. One that cannot be used is told, and is no reason to stop. */
export async function readDrizzleConfig(root: string): Promise<DrizzleConfig | null> {
  const name = names.find((it) => existsSync(join(root, it)));
  if (name === undefined) return null;
  try {
    const text = readFileSync(join(root, name), "utf8");
    const read = interpret(await load(root, name, text), text);
    if (read === null) note(`${name}: its dialect is neither sqlite nor postgresql`);
    else note(read.url === null ? `read ${name}; its credentials are not copied` : `read ${name}`);
    return read;
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    note(`${name} could not be read: ${why}`);
    return null;
  }
}

async function load(root: string, name: string, text: string): Promise<unknown> {
  if (name.endsWith(".json")) return JSON.parse(text);
  const exports = await createLoader({ root, builtins: {} }).import(join(root, name));
  return exports.default ?? exports;
}

/** The environment variables that a config reads, as they are named in it. */
function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\bprocess\.env(?:\.|\[["'])([A-Za-z_]\w*)/g)].map(
    ([, name = ""]) => name,
  );
}

function interpret(config: unknown, text: string): DrizzleConfig | null {
  if (typeof config !== "object" || config === null) return null;
  const { dialect, schema, dbCredentials } = config as Readonly<Record<string, unknown>>;
  if (dialect !== "sqlite" && dialect !== "postgresql") return null;
  const paths = [schema ?? []].flat().filter((path) => typeof path === "string");
  const url = (dbCredentials as { url?: unknown } | undefined)?.url;
  return {
    dialect,
    schema: paths,
    url: urlSource(url, dialect, variablesIn(text)),
    readsEnvFile: /["']dotenv\/config["']/.test(text),
  };
}

/** The variable that holds the URL, or the path of an SQLite file; a password is never written down. */
function urlSource(
  url: unknown,
  dialect: DialectName,
  variables: readonly string[],
): string | null {
  // A variable that is not set here is still the one that the project means, if there is only one.
  const unset = variables.length === 1 && !url ? variables[0] : undefined;
  const holds = (name: string) => /^[A-Za-z_]\w*$/.test(name) && process.env[name] === url;
  // One that the config does not name itself may come from a module that it imports.
  const variable = unset ?? [...variables, ...Object.keys(process.env)].find(holds);
  if (variable !== undefined) return variableSource(variable, url, dialect);
  if (typeof url !== "string" || dialect !== "sqlite" || isRemote(url)) return null;
  return JSON.stringify(hasScheme(url) ? url : `sqlite:${url}`);
}

/** drizzle-kit takes the bare path of an SQLite file. */
function variableSource(variable: string, url: unknown, dialect: DialectName): string {
  const value = `process.env.${variable}`;
  const isPath =
    dialect === "sqlite" && typeof url === "string" && !hasScheme(url) && !isRemote(url);
  return isPath ? `${value} && \`sqlite:\${${value}}\`` : value;
}

function hasScheme(url: string): boolean {
  return /^(file|sqlite):/.test(url);
}

function isRemote(url: string): boolean {
  return /^(libsql|https?|wss?):/.test(url);
}
