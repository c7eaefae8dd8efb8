/** `op.run`: work in TypeScript, inside the revision's transaction. */
import type { Connection } from "../dialects/dialect.ts";
import { error, MigError } from "../errors.ts";
import type { Recorded } from "../operations/operation.ts";
import type { SqlLike } from "../operations/sql.ts";
import type { WorkDatabase } from "../operations/work.ts";
import { OperationError, type Sink } from "./carry-out.ts";
import type { Site } from "./location.ts";
import type { DatabaseOptions } from "./options.ts";

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
}: Pick<DatabaseOptions, "connection" | "dialect">): Sink {
  let database: WorkDatabase | null = null;
  return {
    reader: connection,
    send: (statement) => connection.send(statement),
    async work(recorded, { what, work }) {
      await connection.flush();
      database ??= workDatabase(connection, dialect.name);
      try {
        await work(database);
      } catch (failure) {
        await connection.quiet();
        throw failure instanceof MigError ? failure : new WorkError(recorded, what, failure);
      }
      await refuseUnawaited(connection, recorded, what);
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
): WorkDatabase {
  return {
    dialect,
    all<Row>(sql: SqlLike | string) {
      return remembering(async () => {
        const { sql: text, params } = connection.query(sql);
        return (await connection.all(text, params)) as Row[];
      });
    },
    run(sql) {
      return remembering(async () => {
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
