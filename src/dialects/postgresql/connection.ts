/** A session with a PostgreSQL server, as the runtime uses it. */
import type pg from "pg";
import type { Connection, ConnectTarget } from "../dialect.ts";
import type { Row } from "../statement.ts";
import { cancelOnAbort } from "./cancel.ts";
import { explain } from "./errors.ts";
import { historyOf } from "./history.ts";
import { drizzleOn } from "./orm.ts";
import { probe } from "./probe.ts";
import { Session } from "./session.ts";
import { query } from "./spell.ts";

/** The connection of `client`, which is connected; `leave` ends the session or gives it back. */
export function createConnection(
  client: pg.Client,
  target: ConnectTarget,
  leave: () => Promise<void>,
): Connection {
  const session = new Session(client, target);
  const history = historyOf(session);
  const loss = lossOf(client);
  const cancellation = cancelOnAbort(session);
  const drizzle = ormOf(session);
  const execute = (sql: string, params: readonly unknown[] = []) =>
    session.ask(() => lastResult(client, sql, params));

  return {
    ...history,
    all: async (sql, params) => (await execute(sql, params)).rows,
    run: async (sql, params) => ({ changes: (await execute(sql, params)).rowCount ?? 0 }),
    async send(statement) {
      if (statement.from === null) history.note(statement.sql);
      await session.send(statement);
    },
    flush: async () => void (await session.transaction.flush()),
    async rollback() {
      await cancellation.settled();
      // A session that is gone has rolled back already.
      await session.transaction.rollback().catch((failure) => {
        if (loss.of() === null) throw failure;
      });
    },
    probe: (statement) =>
      probe(
        {
          all: async (sql) => (await execute(sql)).rows,
          sendAlone: (it) => session.sendAlone(it),
        },
        statement,
      ),
    explain: (failure) => explain(failure, target, loss.of()),
    drizzle,
    query,
    unanswered: () => session.asked,
    quiet: () => session.quiet(),
    async close() {
      cancellation.forget();
      await cancellation.settled();
      loss.forget();
      await Promise.all([leave(), session.beside.close()]);
    },
  };
}

/** The project's drizzle-orm on `session`, loaded when it is asked for first. */
function ormOf(session: Session): () => unknown {
  const { client, target, transaction } = session;
  let orm: unknown = null;
  const ask = <Result>(it: () => Promise<Result>) => session.ask(it);
  return () => {
    orm ??= drizzleOn(client, target.root, ask, () => transaction.begun);
    return orm;
  };
}

/** What ended the session of `client`, if it ended. An error of an idle client is an event, and one that nobody hears ends the process. */
function lossOf(client: pg.Client): { of(): Error | null; forget(): void } {
  let lost: Error | null = null;
  const hear = (failure: Error) => {
    lost ??= failure;
  };
  client.on("error", hear);
  return { of: () => lost, forget: () => void client.off("error", hear) };
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
