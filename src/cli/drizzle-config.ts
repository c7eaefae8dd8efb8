/** What an existing `drizzle.config` says that a new project can start from. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLoader } from "../load/loader.ts";
import type { DialectName } from "../model/schema.ts";
import { type Filters, filtersOf } from "./drizzle-filters.ts";
import { note } from "./output.ts";

export interface DrizzleConfig {
  readonly dialect: DialectName;
  readonly schema: readonly string[];
  /** TypeScript that gives the URL; null where the config has none that may be written down. */
  readonly url: string | null;
  /** The URL itself, for this process alone; undefined where a variable is not set. */
  readonly liveUrl: string | undefined;
  /** It reads a .env file first, as the new config then has to. */
  readonly readsEnvFile: boolean;
  readonly casing: "snake_case" | "camelCase" | null;
  /** The folder of its migrations. */
  readonly out: string;
  /** The table that says which of them ran. */
  readonly migrations: { readonly table: string; readonly schema: string };
  readonly filters: Filters;
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
  const read = config as Readonly<Record<string, unknown>>;
  const { dialect, schema, dbCredentials, casing, out, migrations } = read;
  const { tablesFilter, schemaFilter } = read;
  if (dialect !== "sqlite" && dialect !== "postgresql") return null;
  const { table, schema: tableSchema } = members(migrations);
  return {
    dialect,
    schema: [schema ?? []].flat().filter((path) => typeof path === "string"),
    ...urlOf(members(dbCredentials), dialect, variablesIn(text)),
    readsEnvFile: /["']dotenv\/config["']/.test(text),
    casing: casing === "snake_case" || casing === "camelCase" ? casing : null,
    // The defaults are drizzle-kit's own.
    out: textOr(out, "drizzle"),
    migrations: {
      table: textOr(table, "__drizzle_migrations"),
      schema: textOr(tableSchema, "drizzle"),
    },
    // SQLite has no schemas, so that it means nothing there.
    filters: filtersOf(tablesFilter, dialect === "postgresql" ? schemaFilter : null),
  };
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

type Credentials = Readonly<Record<string, unknown>>;

function urlOf(
  credentials: Credentials,
  dialect: DialectName,
  variables: readonly string[],
): Pick<DrizzleConfig, "url" | "liveUrl"> {
  const { url, host } = credentials;
  if (dialect === "postgresql" && typeof host === "string")
    return urlOfParts(credentials, variables);
  const isPath =
    dialect === "sqlite" && typeof url === "string" && !hasScheme(url) && !isRemote(url);
  return {
    url: urlSource(url, dialect, variables),
    liveUrl: typeof url !== "string" ? undefined : isPath ? `sqlite:${url}` : url,
  };
}

/** A URL of host, user and so on. Each is written down as the variable that it came from; a password only so. */
function urlOfParts(
  { host, port, user, password, database, ssl }: Credentials,
  variables: readonly string[],
): Pick<DrizzleConfig, "url" | "liveUrl"> {
  const parts = { user, password, host, port: port ?? 5432, database };
  const place = (write: (name: keyof typeof parts) => string) => {
    const login = [user && write("user"), password && write("password")].filter(Boolean).join(":");
    const at = `${write("host")}:${write("port")}/${write("database")}`;
    return `postgres://${login === "" ? "" : `${login}@`}${at}${ssl ? "?sslmode=require" : ""}`;
  };
  const value = (name: keyof typeof parts) => encodeURIComponent(String(parts[name] ?? ""));
  const variable = (name: keyof typeof parts) =>
    variables.find((it) => process.env[it] === String(parts[name] ?? ""));
  const isSecret = Boolean(password) && variable("password") === undefined;
  const source = place((name) => {
    const from = variable(name);
    return from === undefined ? value(name) : `\${encodeURIComponent(process.env.${from} ?? "")}`;
  });
  return { url: isSecret ? null : `\`${source}\``, liveUrl: place(value) };
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
