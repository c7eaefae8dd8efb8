/**
 * Poolers between mig and the server. In transaction mode a session of the server is lent for one transaction at a time:
 * a lock would stay with a session that somebody else has by then, and a setting with whoever comes next.
 * https://www.pgbouncer.org/features.html
 */
import type pg from "pg";
import { fail } from "../../errors.ts";
import type { ConnectTarget } from "../dialect.ts";
import { masked } from "../mask.ts";
import type { Beside } from "./beside.ts";

/**
 * The server's process by what it said when the session began; null where nobody said. A pooler tells of itself, as it
 * cannot know yet which process there will be.
 */
export function announcedPid(client: pg.Client): number | null {
  const { processID } = client as pg.Client & { readonly processID?: number | null };
  return processID || null;
}

/**
 * Refuse a pooler that lends the session `pid` to somebody else while mig has it: a second session begins a transaction,
 * and either gets that very session, or leaves another one for the first.
 */
export async function refuseTransactionMode(
  client: pg.Client,
  pid: number,
  beside: Beside,
  { url }: Pick<ConnectTarget, "url">,
): Promise<void> {
  // One that gets no answer waits for a session of its own: in transaction mode it would have had this one.
  if ((await beside.ask("BEGIN")) === null) return;
  const [other] = (await beside.ask(pidSql)) ?? [];
  const isLent = other?.pid === pid || (await pidOf(client)) !== pid;
  await beside.ask("ROLLBACK");
  if (isLent) fail("POOLED_CONNECTION", { url: masked(url) });
}

const pidSql = "SELECT pg_backend_pid() AS pid";

async function pidOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>(pidSql);
  return rows[0]?.pid;
}
