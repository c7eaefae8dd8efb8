/** What a database knows of its history. Two messages tell: where things are, and what they say. */
import type pg from "pg";
import { logName } from "../bookkeeping.ts";
import type { DatabaseState, LogRow, VersionTable } from "../dialect.ts";
import { type LogRecord, logRow } from "../log-row.ts";
import { inSchema, logTable } from "./bookkeeping.ts";
import { logColumns } from "./log.ts";
import { quote, string, table } from "./write.ts";

/** Where mig's tables are, and the session that was asked. */
export interface Surroundings {
  /** The server's process, which is the session. */
  readonly pid: number;
  /** The version table, with its schema unless there is none to create it in. */
  readonly at: VersionTable;
  readonly hasHeads: boolean;
  readonly hasLog: boolean;
  readonly searchPath: string;
  readonly lockBudget: number;
}

/**
 * Look around. `also` is asked in the same statement: the lock. Only the catalogue is read, so what is seen here is no
 * older than the statement.
 */
export async function lookAround(
  client: pg.Client,
  at: VersionTable,
  also = "true",
): Promise<Surroundings & { readonly also: boolean | null }> {
  const { rows } = await client.query<Look>(lookSql(at, also));
  const row = rows[0] as Look;
  return {
    pid: row.pid,
    at: row.schema === null ? at : { name: at.name, schema: row.schema },
    hasHeads: row.has_heads,
    hasLog: row.has_log,
    searchPath: row.search_path,
    lockBudget: Number(row.lock_budget),
    also: row.also,
  };
}

interface Look {
  readonly also: boolean | null;
  readonly pid: number;
  readonly schema: string | null;
  readonly has_heads: boolean;
  readonly has_log: boolean;
  readonly search_path: string;
  readonly lock_budget: string;
}

/**
 * The schema of mig's tables as SQL: the first of the search path. But where that depends on which schemas there are
 * (`"$user"`), a version table that is visible further on stays the one: a revision that makes a schema of the user's name
 * must not look like an empty database to the next run.
 */
export function schemaSql({ schema, name }: VersionTable): string {
  if (schema !== undefined) return string(schema);
  const visible = `(SELECT nspname::text FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE pg_class.oid = to_regclass(${string(quote(name))}))`;
  return `CASE WHEN current_setting('search_path') LIKE '%"$user"%'
    THEN coalesce(${visible}, current_schema()::text) ELSE current_schema()::text END`;
}

/**
 * A lock table holds max_locks_per_transaction for each session, and in the memory that PostgreSQL adds to spare 1.74 to
 * 4.8 times that (measured on 15 and 18). https://www.postgresql.org/docs/current/runtime-config-locks.html
 */
const lockBudgetSql = `trunc(1.7 * current_setting('max_locks_per_transaction')::bigint
    * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint))`;

/**
 * While a statement runs a server does not notice that its client is gone, and a killed run would keep its lock as long;
 * since PostgreSQL 14 it can be told to look, where the system lets it.
 * https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL
 */
const noticeLossSql = `CASE WHEN version() LIKE '%linux%' AND current_setting('client_connection_check_interval', true) IS NOT NULL
    THEN set_config('client_connection_check_interval', '1000', false) END`;

/**
 * Splitting a text takes a backslash in a string for itself, and texts are compared as the server writes them by itself. So
 * it has to do both, and this costs no message.
 */
function lookSql(at: VersionTable, also: string): string {
  const exists = (name: string) =>
    `to_regclass(quote_ident(here.name) || ${string(`.${quote(name)}`)}) IS NOT NULL`;
  return `SELECT ${also} AS also, pg_backend_pid() AS pid, here.name AS schema,
  ${exists(at.name)} AS has_heads,
  ${exists(logName(at.name))} AS has_log,
  current_setting('search_path') AS search_path,
  set_config('standard_conforming_strings', 'on', false) AS strings,
  set_config('quote_all_identifiers', 'off', false) AS names,
  ${noticeLossSql} AS notices_loss,
  ${lockBudgetSql} AS lock_budget
FROM (SELECT ${schemaSql(at)} AS name) AS here`;
}

/** What a session answered that was asked for the state: itself, and the run that was logged last. */
export interface Answer {
  readonly pid: number;
  readonly state: DatabaseState;
  readonly newestRun: string | null;
}

/** The version table and what matters of the log. */
export async function readState(client: pg.Client, found: Surroundings): Promise<Answer> {
  const { pid, hasLog, lockBudget } = found;
  const empty = { heads: null, hasLog, lastBatch: 0, unfinished: [], lockBudget };
  if (!found.hasHeads && !hasLog) return { pid, state: empty, newestRun: null };

  const asked = [summarySql(found), ...(hasLog ? [unfinishedSql(found.at)] : [])];
  const answers = await queryAll(client, asked);
  const summary = answers[0]?.[0] as unknown as Summary;
  const unfinished = (answers[1] ?? []) as unknown as readonly LogRecord[];
  return {
    pid: summary.pid,
    newestRun: summary.newest_run,
    state: {
      heads: summary.heads?.toSorted() ?? null,
      hasLog,
      lastBatch: summary.last_batch,
      unfinished: unfinished.map(logRow),
      lockBudget,
    },
  };
}

interface Summary {
  readonly pid: number;
  readonly heads: readonly string[] | null;
  readonly last_batch: number;
  readonly newest_run: string | null;
}

/** The rows of each statement, all in one message. `pg` gives a list only where there are several. */
async function queryAll(client: pg.Client, statements: readonly string[]) {
  const results: pg.QueryResult | pg.QueryResult[] = await client.query(statements.join(";\n"));
  return (Array.isArray(results) ? results : [results]).map(({ rows }) => rows);
}

/** The heads, in no order: sorting so few costs more than reading them. */
export function headsSql(at: VersionTable): string {
  return `SELECT version_num FROM ${table(inSchema(at, at.name))}`;
}

function summarySql({ at, hasHeads, hasLog }: Surroundings): string {
  const log = table(logTable(at));
  const heads = hasHeads ? `ARRAY(${headsSql(at)})::text[]` : "NULL::text[]";
  const batch = hasLog ? `(SELECT coalesce(max(batch), 0) FROM ${log})` : "0";
  const run = hasLog ? `(SELECT run FROM ${log} ORDER BY id DESC LIMIT 1)` : "NULL::text";
  return `SELECT pg_backend_pid() AS pid, ${heads} AS heads, ${batch} AS last_batch, ${run} AS newest_run`;
}

/** Runs that did not end, or ended half-way, and that no later run or stamp has made good. */
function unfinishedSql(at: VersionTable): string {
  const log = table(logTable(at));
  return `SELECT ${logColumns("run")} FROM ${log} AS run
WHERE run.success IS NOT TRUE AND (run.success IS NULL OR run.statements_begun IS NOT NULL)
  AND NOT EXISTS (SELECT FROM ${log} AS later WHERE later.revision = run.revision AND later.id > run.id
    AND (later.success OR later.statements_begun IS NOT NULL))
ORDER BY run.id`;
}

/** The whole log, oldest first. */
export async function readLog(client: pg.Client, found: Surroundings): Promise<readonly LogRow[]> {
  if (!found.hasLog) return [];
  const { rows } = await client.query<LogRecord>(
    `SELECT ${logColumns("run")} FROM ${table(logTable(found.at))} AS run ORDER BY run.id`,
  );
  return rows.map(logRow);
}
