/** `op.run`: work in TypeScript, inside the revision's transaction. */
import type { Connection } from "../dialects/dialect.ts";
import { refuseToGoOn } from "../dialects/interruption.ts";
import { error, MigError } from "../errors.ts";
import type { Recorded } from "../operations/operation.ts";
import type { SqlLike } from "../operations/sql.ts";
import type { WorkDatabase } from "../operations/work.ts";
import { OperationError, type Sink } from "./carry-out.ts";
import type { Site } from "./location.ts";
import type { DatabaseOptions } from "./options.ts";
import { goOn } from "./turn.ts";

/** Work that threw. `cause` is what it threw. */
export class WorkError extends Error {
  readonly what: string;
  /** Where it may have come from, the closest first. */
  readonly sites: readonly Site[];

  constructor(recorded: Recorded, what: string, cause: unknown) {
    super(what, { cause });
    this.name = "WorkError";
    this.what = what;
    this.sites =
      cause instanceof Error ? [cause, askedAt.get(cause), recorded.site] : [recorded.site];
  }
}

/** Where a query was asked that failed: the stack of a server's answer leads to the network. */
const askedAt = new WeakMap<Error, Error>();

function remembering<Result>(ask: () => Promise<Result>): Promise<Result> {
  const site = new Error("asked here");
  const answer = ask().catch((failure: unknown) => {
    if (failure instanceof Error) askedAt.set(failure, site);
    throw failure;
  });
  // Whoever does not await it is told so; that must not end the process first.
  answer.catch(() => {});
  return answer;
}

/** The sink of a database: statements are sent, work is run. */
export function workSink({
  connection,
  dialect,
  signal,
}: Pick<DatabaseOptions, "connection" | "dialect" | "signal">): Sink {
  let database: WorkDatabase | null = null;
  return {
    reader: connection,
    async send(statement) {
      await goOn(signal);
      await connection.send(statement);
    },
    async work(recorded, { what, work }) {
      await goOn(signal);
      await connection.flush();
      database ??= workDatabase(connection, dialect.name, signal);
      try {
        await work(database);
      } catch (failure) {
        await connection.quiet();
        throw failure instanceof MigError ? failure : new WorkError(recorded, what, failure);
      }
      await refuseUnawaited(connection, recorded, what);
      await goOn(signal);
    },
  };
}

/** A query that is not awaited may fail unseen, and may still run when the revision is over. */
async function refuseUnawaited(
  connection: Connection,
  recorded: Recorded,
  what: string,
): Promise<void> {
  const count = connection.unanswered();
  if (count === 0) return;
  await connection.quiet();
  throw new OperationError(recorded, error("WORK_NOT_AWAITED", { what, count }));
}

/** What `op.run` is given. */
export function workDatabase(
  connection: Connection,
  dialect: WorkDatabase["dialect"],
  signal?: AbortSignal,
): WorkDatabase {
  // Asked on the spot, so that what nobody awaits is counted; the turn of others comes with the answer.
  const asked = <Result>(ask: () => Promise<Result>) =>
    remembering(async () => {
      refuseToGoOn(signal);
      const answer = await ask();
      await goOn(signal);
      return answer;
    });
  return {
    dialect,
    all<Row>(sql: SqlLike | string) {
      return asked(async () => {
        const { sql: text, params } = connection.query(sql);
        return (await connection.all(text, params)) as Row[];
      });
    },
    run(sql) {
      return asked(async () => {
        const { sql: text, params } = connection.query(sql);
        return connection.run(text, params);
      });
    },
    // Only work that asks for it pays for loading drizzle-orm.
    get drizzle() {
      return connection.drizzle();
    },
  };
}
