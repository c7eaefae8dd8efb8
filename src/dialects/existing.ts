/** Connections that somebody else made and keeps: what they are, by what they can do. */
import { resolve } from "node:path";
import { fail } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";

/** A connection that was given, and where it leads. */
export interface Existing {
  readonly dialect: DialectName;
  readonly client: object;
  /** Its database as a URL, for what needs a connection of its own: a backup. */
  readonly url: string;
}

/** A `Database` of better-sqlite3. */
export interface SqliteClient {
  readonly inTransaction: boolean;
  readonly memory: boolean;
  readonly name: string;
  pragma(source: string): unknown;
  unsafeMode(unsafe?: boolean): unknown;
}

/** A connected `Client` of pg, one of a pool, or a `Pool`. */
export interface PostgresClient {
  connect(): Promise<unknown>;
  query(sql: string): Promise<unknown>;
}

/** A database of PGlite. */
export interface PgliteClient {
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>;
  /** It is made at once, and started meanwhile. */
  readonly waitReady?: Promise<void>;
}

export type ExistingClient = SqliteClient | PostgresClient | PgliteClient;

/** Drizzle on one of them. */
export interface DrizzleDatabase {
  readonly $client: ExistingClient;
}

/** What `given` is. Throws CONNECTION_UNUSABLE. */
export function recognise(given: ExistingClient | DrizzleDatabase): Existing {
  const client: unknown = "$client" in Object(given) ? (given as DrizzleDatabase).$client : given;
  if (isSqlite(client)) {
    const { memory, name } = client;
    return {
      dialect: "sqlite",
      client,
      url: memory ? "sqlite::memory:" : `sqlite:${resolve(name)}`,
    };
  }
  if (isPglite(client)) return { dialect: "postgresql", client, url: "pglite:" };
  if (isPostgres(client)) return { dialect: "postgresql", client, url: urlOf(client) };
  return fail("CONNECTION_UNUSABLE", { why: `it is ${nameOf(client)}, which mig does not know` });
}

function isSqlite(client: unknown): client is SqliteClient {
  return can(client, ["prepare", "pragma", "unsafeMode", "backup"]);
}

export function isPglite(client: unknown): client is PgliteClient {
  return can(client, ["execProtocolRaw", "exec"]);
}

/** What pg builds on libpq takes no queries of mig's own kind. */
function isPostgres(client: unknown): client is PostgresClient & PostgresParts {
  return can(client, ["query", "connect", "on", "off"]) && !("native" in client);
}

/** What of a client and of a pool is looked at. */
interface PostgresParts {
  readonly connectionParameters?: Parameters;
  readonly options?: object;
  readonly Client?: new (options: object) => { readonly connectionParameters?: Parameters };
}

interface Parameters {
  readonly host?: unknown;
  readonly port?: unknown;
  readonly user?: unknown;
  readonly password?: unknown;
  readonly database?: unknown;
}

function urlOf({ connectionParameters, options, Client }: PostgresParts): string {
  const found =
    connectionParameters ?? (Client && options && new Client(options).connectionParameters) ?? {};
  const { host = "localhost", port = 5432, user, password, database = "" } = found;
  const url = new URL("postgres://localhost");
  if (typeof user === "string") url.username = encodeURIComponent(user);
  if (typeof password === "string") url.password = encodeURIComponent(password);
  url.port = String(port);
  url.pathname = `/${encodeURIComponent(String(database))}`;
  // A folder with the server's socket.
  if (String(host).startsWith("/")) url.searchParams.set("host", String(host));
  else url.hostname = String(host);
  return url.href;
}

function can(client: unknown, members: readonly string[]): client is object {
  return (
    typeof client === "object" &&
    client !== null &&
    members.every((name) => typeof Reflect.get(client, name) === "function")
  );
}

function nameOf(client: unknown): string {
  if (typeof client !== "object" || client === null) return `a value of type ${typeof client}`;
  return `an object of ${client.constructor?.name || "no class"}`;
}
