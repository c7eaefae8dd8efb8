/** A session with a PostgreSQL server, as the runtime uses it. */
import type pg from "pg";
import type { Connection, ConnectTarget } from "../dialect.ts";
import type { Row } from "../statement.ts";
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
  // An error of an idle client is an event, and one that nobody hears ends the process.
  let lost: Error | null = null;
  const onError = (failure: Error) => {
    lost ??= failure;
  };
  client.on("error", onError);
  let orm: unknown = null;
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
    unanswered: () => session.asked,
    quiet: () => session.quiet(),
    async close() {
      client.off("error", onError);
      await leave();
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
