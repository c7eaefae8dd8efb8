/** Which database a command is about. */
import { fail } from "../errors.ts";
import type { Config, EnvironmentConfig } from "./config.ts";
import { parseDuration } from "./duration.ts";

export interface Environment {
  readonly name: string;
  readonly url: string;
  readonly protected: boolean;
  readonly readOnly: boolean;
  readonly backup: string | null;
  /** Milliseconds; null for the defaults of `timeouts`. */
  readonly lockTimeout: number | null;
  readonly statementTimeout: number | null;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment that `-n` names or the config prefers. Its URL is `--url`, its own `url`, or what the variables say.
 * Errors: UNKNOWN_ENVIRONMENT, NO_URL.
 */
export function pickEnvironment(
  config: Config,
  options: { readonly env?: string; readonly url?: string },
  variables: Variables,
): Environment {
  const environments = config.environments ?? {};
  const name = options.env ?? defaultName(config);
  const known = Object.hasOwn(environments, name);
  if (options.env !== undefined && !known) {
    fail("UNKNOWN_ENVIRONMENT", { name, known: Object.keys(environments) });
  }
  const chosen: EnvironmentConfig = environments[name] ?? {};
  const isDefault = name === defaultName(config);
  const url =
    options.url ??
    (chosen.url || undefined) ??
    urlFromVariables(variables, isDefault) ??
    fail("NO_URL", { environment: name, isDefault });
  return {
    name,
    url,
    protected: chosen.protected ?? false,
    readOnly: chosen.readOnly ?? false,
    backup: chosen.backup ?? null,
    lockTimeout: chosen.lockTimeout === undefined ? null : parseDuration(chosen.lockTimeout),
    statementTimeout:
      chosen.statementTimeout === undefined ? null : parseDuration(chosen.statementTimeout),
  };
}

/** The names of all environments; of a config without any the one that stands for all. */
export function environmentNames(config: Config): readonly string[] {
  const names = Object.keys(config.environments ?? {});
  return names.length === 0 ? [defaultName(config)] : names;
}

/** The environment without -n. */
export function defaultName({ defaultEnvironment, environments = {} }: Config): string {
  return defaultEnvironment ?? Object.keys(environments)[0] ?? "default";
}

/**
 * DATABASE_URL stands in for the default environment only: "-n production" without a URL of its own must never reach
 * the developer's database. DB_HOST and its like describe a server for any environment.
 */
function urlFromVariables(variables: Variables, isDefault: boolean): string | undefined {
  if (isDefault && variables.DATABASE_URL) return variables.DATABASE_URL;
  const { DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD } = variables;
  if (!DB_HOST && !DB_NAME) return undefined;
  return serverUrl({
    host: DB_HOST,
    port: DB_PORT,
    database: DB_NAME,
    user: DB_USER,
    password: DB_PASSWORD,
  });
}

/** A database of a PostgreSQL server, in parts. */
export interface ServerParts {
  /** Default "localhost". */
  readonly host?: string | undefined;
  /** Default 5432. */
  readonly port?: number | string | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/** The parts as a URL. */
export function serverUrl({ host, port, database, user, password }: ServerParts): string {
  const login = user
    ? `${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ""}@`
    : "";
  return `postgres://${login}${host || "localhost"}:${port || "5432"}/${encodeURIComponent(database ?? "")}`;
}

/** Defaults of what is waited for. A table's lock is retried, so each try may be short. */
const defaultRunLock = 60_000;
const defaultTableLock = 5_000;

/** How long a run in `environment` waits, in milliseconds. */
export function timeouts(environment: Environment) {
  return {
    runLock: environment.lockTimeout ?? defaultRunLock,
    lock: environment.lockTimeout ?? defaultTableLock,
    statement: environment.statementTimeout ?? 0,
  };
}
