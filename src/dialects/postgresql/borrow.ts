/** A session that somebody else made: used as it is, and given back as it was. */
import type pg from "pg";
import { fail } from "../../errors.ts";
import type { Connection, ConnectTarget } from "../dialect.ts";
import { isPglite, type PgliteClient } from "../existing.ts";
import { createConnection } from "./connection.ts";
import { connectFailure, explain } from "./errors.ts";
import { unlockSql } from "./lock.ts";
import { connectTo } from "./pglite.ts";
import { setSql } from "./settings.ts";

/** The settings of a session that mig makes. */
const kept = [
  "lock_timeout",
  "statement_timeout",
  "search_path",
  "standard_conforming_strings",
  "quote_all_identifiers",
  "client_connection_check_interval",
];

/** A client, and how it is given back. */
interface Lent {
  readonly client: pg.Client;
  readonly giveBack: () => void | Promise<void>;
  /** Whether its session ends with that, so that nothing has to be put back. */
  readonly ends: boolean;
}

/** A connection over `given`: a client, a pool, or a PGlite. Throws CONNECTION_UNUSABLE. */
export async function borrow(given: object, target: ConnectTarget): Promise<Connection> {
  const lent = await lend(given, target);
  const { client } = lent;
  try {
    const settings = await look(client);
    return createConnection(client, target, async () => {
      // A session that is gone has put everything back by itself.
      if (!lent.ends) await putBack(client, settings).catch(() => {});
      await lent.giveBack();
    });
  } catch (failure) {
    await lent.giveBack();
    throw explain(failure, target, null).error ?? failure;
  }
}

async function lend(given: object, target: ConnectTarget): Promise<Lent> {
  if (isPglite(given)) {
    if ("closed" in given && given.closed === true)
      fail("CONNECTION_UNUSABLE", { why: "it is closed" });
    await started(given);
    const client = await connectTo(given, target.root);
    return { client, giveBack: () => client.end(), ends: false };
  }
  if (isPool(given)) {
    const client = await given.connect().catch((cause: unknown) => {
      throw connectFailure(cause, target.url);
    });
    // Its session ends, and its lock and settings with it: who comes next is to find nothing of them.
    return { client, giveBack: () => endLent(client), ends: true };
  }
  const client = given as pg.Client;
  refuseUnconnected(client);
  return { client, giveBack: () => {}, ends: false };
}

/** When its session is over, and the lock with it. */
function endLent(client: pg.PoolClient): Promise<void> {
  return new Promise((done) => {
    const isOver = (client as object as Record<string, unknown>)._ended === true;
    if (!isOver) client.once("end", done);
    client.release(true);
    if (isOver) done();
  });
}

async function started({ waitReady }: PgliteClient): Promise<void> {
  try {
    await waitReady;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    fail("CONNECTION_UNUSABLE", { why: `it did not start (${why})` }, { cause });
  }
}

function isPool(given: object): given is pg.Pool {
  return "totalCount" in given;
}

/** What a client that is not connected is asked waits for ever. */
function refuseUnconnected(client: object): void {
  const {
    _connected: connected,
    _ending: ending,
    _queryable: queryable,
  } = client as Record<string, unknown>;
  if (connected === false) fail("CONNECTION_UNUSABLE", { why: "it is not connected" });
  if (queryable === false) fail("CONNECTION_UNUSABLE", { why: "its session was lost" });
  if (ending === true) fail("CONNECTION_UNUSABLE", { why: "it was ended" });
}

/** The settings as they are. A message of its own begins its transaction, unless there is one already. */
async function look(client: pg.Client): Promise<Readonly<Record<string, string>>> {
  const settings = kept.map((name) => `current_setting('${name}', true) AS ${name}`);
  const asked = client.query<Record<string, string | null>>(
    `SELECT (transaction_timestamp() = statement_timestamp())::text AS alone, ${settings.join(", ")}`,
  );
  const answer = await asked.catch((failure: unknown) => {
    if (isInFailed(failure)) return null;
    throw failure;
  });
  const { alone, ...found } = answer?.rows[0] ?? {};
  if (alone !== "true") fail("CONNECTION_UNUSABLE", { why: "a transaction is open on it" });
  const known = Object.entries(found).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return Object.fromEntries(known);
}

/** A transaction that something failed in answers nothing any more. */
function isInFailed(failure: unknown): boolean {
  return failure instanceof Error && "code" in failure && failure.code === "25P02";
}

async function putBack(
  client: pg.Client,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  if (client.getTransactionStatus?.() !== "I") await client.query("ROLLBACK");
  await client.query(unlockSql);
  await client.query(setSql(settings, "session"));
}
