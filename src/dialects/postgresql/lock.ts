/**
 * The lock of a run: an advisory lock of the session that runs the DDL. It is asked for again and again and never waited
 * for in the server: whoever waits inside pg_advisory_lock holds a snapshot, and another's CREATE INDEX CONCURRENTLY
 * that waits for that snapshot ends as a deadlock. It goes with the session, so a killed run leaves none behind.
 * https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
import type pg from "pg";
import { fail } from "../../errors.ts";
import type { VersionTable } from "../dialect.ts";
import { pause } from "../interruption.ts";
import { announcedPid } from "./pooler.ts";
import { lookAround, type Surroundings, schemaSql } from "./state.ts";
import { string } from "./write.ts";

/** "mig!" in ASCII: the first half of the key, by which the locks of mig are known. */
const lockClass = 0x6d696721;

const firstDelay = 50;
const longestDelay = 2_000;
const tellEvery = 10_000;

export interface LockOptions {
  readonly at: VersionTable;
  /** Milliseconds. */
  readonly timeout: number;
  readonly onWait: (holder: string) => void;
  /** Ends it with INTERRUPTED. */
  readonly signal: AbortSignal | undefined;
  /** Refuses a session that is none; called before the lock is asked for, where `pid` is not the process that was announced. */
  readonly prove: (pid: number) => Promise<void>;
}

/** Take the lock, waiting up to `timeout`. Gives what was seen when it was taken. */
export async function takeLock(client: pg.Client, options: LockOptions): Promise<Surroundings> {
  const started = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  let ask = announcedLockSql(client, options.at);
  for (let delay = firstDelay; ; delay = Math.min(delay * 1.5, longestDelay)) {
    const found = await lookAround(client, options.at, ask);
    if (found.also) return found;
    if (found.also === null) {
      await options.prove(found.pid);
      ask = tryLockSql(options.at);
      continue;
    }
    const waited = performance.now() - started;
    const left = options.timeout - waited;
    if (left <= 0) {
      fail("LOCKED", {
        waited: seconds(options.timeout),
        holder: await holder(client, options.at),
      });
    }
    if (waited - told >= tellEvery) {
      told = waited;
      options.onWait(await holder(client, options.at));
    }
    // Jitter, so that those who wait do not ask in step.
    await pause(Math.min(left, delay * (0.5 + Math.random())), options.signal);
  }
}

function keySql(at: VersionTable): string {
  return `hashtext(coalesce(${schemaSql(at)}, '') || ${string(`.${at.name}`)})`;
}

function tryLockSql(at: VersionTable): string {
  return `pg_try_advisory_lock(${lockClass}, ${keySql(at)})`;
}

/** The lock, if the session is the one that was announced, else NULL: a lock of a pooler's session stays there. */
function announcedLockSql(client: pg.Client, at: VersionTable): string {
  const pid = announcedPid(client);
  return pid === null
    ? tryLockSql(at)
    : `CASE WHEN pg_backend_pid() = ${pid} THEN ${tryLockSql(at)} END`;
}
/** Let the lock go, where this session has it. */
export const unlockSql = `SELECT pg_advisory_unlock(classid::bigint::integer, (objid::bigint - CASE WHEN objid::bigint > 2147483647 THEN 4294967296 ELSE 0 END)::integer)
FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND pid = pg_backend_pid() AND classid::bigint = ${lockClass}
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Who holds the lock and what they are doing, for people. */
async function holder(client: pg.Client, at: VersionTable): Promise<string> {
  const { rows } = await client.query<Holder>(holderSql(at));
  const found = rows[0];
  if (!found) return "another run of mig held the lock until just now";
  const who = [
    `pid ${found.pid}`,
    found.usename && `user ${found.usename}`,
    found.application_name && `application ${found.application_name}`,
    found.client && `from ${found.client}`,
    found.since && `connected since ${found.since}`,
  ];
  return `another run of mig holds the lock (${who.filter(Boolean).join(", ")})${activity(found)}`;
}

interface Holder {
  readonly pid: number;
  readonly usename: string | null;
  readonly application_name: string | null;
  readonly client: string | null;
  readonly since: string | null;
  readonly state: string | null;
  readonly seconds: number | null;
  readonly query: string | null;
}

/** Only superusers and the holder itself see what it does. */
function activity({ state, query, seconds: lasted }: Holder): string {
  if (state === null || !query) return "";
  const text = query.replace(/\s+/g, " ").trim();
  const short = text.length > 200 ? `${text.slice(0, 199)}…` : text;
  return state === "active"
    ? `; it runs, for ${lasted} s: ${short}`
    : `; it is ${state}, for ${lasted} s`;
}

function holderSql(at: VersionTable): string {
  return `SELECT lock.pid, holder.usename, holder.application_name,
  host(holder.client_addr) AS client, holder.state, holder.query,
  to_char(holder.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') AS since,
  extract(epoch FROM clock_timestamp() - CASE holder.state WHEN 'active' THEN holder.query_start ELSE holder.state_change END)::integer AS seconds
FROM pg_locks AS lock LEFT JOIN pg_stat_activity AS holder ON holder.pid = lock.pid
WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 2
  AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND lock.classid::bigint = ${lockClass}
  AND lock.objid::bigint = ${keySql(at)}::bigint & 4294967295`;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`;
}
