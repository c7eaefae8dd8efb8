/** A session with a PostgreSQL server, as the runtime uses it. */
import type pg from "pg";
import { fail } from "../../errors.ts";
import type { Connection, ConnectTarget, DatabaseState } from "../dialect.ts";
import type { Row } from "../statement.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { explain } from "./errors.ts";
import { takeLock } from "./lock.ts";
import { drizzleOn } from "./orm.ts";
import { probe } from "./probe.ts";
import { Session } from "./session.ts";
import { query } from "./spell.ts";
import { headsSql, lookAround, readLog, readState, type Surroundings } from "./state.ts";
import { masked } from "./url.ts";

/** The connection of `client`, which is connected. */
export function createConnection(client: pg.Client, target: ConnectTarget): Connection {
  const session = new Session(client, target);
  const history = historyOf(session);
  // An error of an idle client is an event, and one that nobody hears ends the process.
  let lost: Error | null = null;
  client.on("error", (failure) => {
    lost ??= failure;
  });
  let orm: Promise<unknown> | null = null;
  const execute = (sql: string, params: readonly unknown[] = []) =>
    session.ask(() => lastResult(client, sql, params));

  return {
    ...history,
    all: async (sql, params) => (await execute(sql, params)).rows,
    run: async (sql, params) => ({ changes: (await execute(sql, params)).rowCount ?? 0 }),
    async send(statement) {
      if (statement.from === null) history.noteCreation(statement.sql);
      await session.send(statement);
    },
    flush: async () => void (await session.transaction.flush()),
    rollback: () => session.transaction.rollback().catch((failure) => ignoreLoss(failure, lost)),
    probe: (statement) =>
      probe(
        {
          all: async (sql) => (await execute(sql)).rows,
          sendAlone: (it) => session.sendAlone(it),
        },
        statement,
      ),
    explain: (failure) => explain(failure, target.url, lost),
    drizzle: () => {
      const ask = <Result>(it: () => Promise<Result>) => session.ask(it);
      orm ??= drizzleOn(client, target.root, ask, () => session.transaction.begun);
      return orm;
    },
    query,
    close: () => client.end(),
  };
}

/** The part of a connection that knows the history, and keeps knowing the heads without asking for them. */
function historyOf(session: Session) {
  const { client, target, transaction } = session;
  const creation = new Set(bookkeeping.create(target.versionTable));
  let heads: readonly string[] | null = null;
  let creating = false;

  const look = async (found: Surroundings): Promise<{ pid: number; state: DatabaseState }> => {
    session.found = found;
    const answer = await readState(client, found);
    heads = answer.state.heads ?? [];
    return answer;
  };
  const state = () =>
    session.ask(async () => (await look(await lookAround(client, target.versionTable))).state);

  return {
    state,
    async enter(onWait: (holder: string) => void) {
      const { versionTable: at, timeouts, url } = target;
      const locked = await takeLock(client, { at, timeout: timeouts.runLock, onWait });
      // Who held the lock may have made the tables while this was being asked.
      const found = locked.hasHeads ? locked : await lookAround(client, at);
      const answer = await look(found);
      if (answer.pid !== locked.pid) fail("POOLED_CONNECTION", { url: masked(url) });
      return answer.state;
    },
    log: () =>
      session.ask(async () => {
        session.found ??= await lookAround(client, target.versionTable);
        return readLog(client, session.found);
      }),
    async begin() {
      if (heads === null) await state();
      session.begin();
      return heads ?? [];
    },
    /** Only this session moves the heads, and each commit brings back how they are. */
    async commit() {
      if (creating && session.found)
        session.found = { ...session.found, hasHeads: true, hasLog: true };
      creating = false;
      const asking = session.found?.hasHeads ? headsSql(session.found.at) : null;
      const answer = await transaction.commit(asking);
      if (answer) heads = answer.rows.map(([head]) => head ?? "");
    },
    noteCreation(sql: string) {
      creating ||= creation.has(sql);
    },
  };
}

/** The result of `sql`; of several statements that of the last. */
async function lastResult(
  client: pg.Client,
  sql: string,
  params: readonly unknown[],
): Promise<pg.QueryResult<Row>> {
  const result: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>(
    sql,
    params.length > 0 ? [...params] : undefined,
  );
  return Array.isArray(result) ? (result.at(-1) as pg.QueryResult<Row>) : result;
}

/** A session that is gone has rolled back already. */
function ignoreLoss(failure: unknown, lost: Error | null): void {
  if (lost === null) throw failure;
}
