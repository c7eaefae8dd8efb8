/** `op.run`: work in TypeScript, inside the revision's transaction. */
import type { Connection } from "../dialects/dialect.ts";
import { MigError } from "../errors.ts";
import type { Recorded } from "../operations/operation.ts";
import type { SqlLike } from "../operations/sql.ts";
import type { WorkDatabase } from "../operations/work.ts";
import type { Sink } from "./carry-out.ts";
import type { DatabaseOptions } from "./database.ts";

/** Work that threw. `cause` is what it threw. */
export class WorkError extends Error {
  readonly recorded: Recorded;

  constructor(recorded: Recorded, what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = "WorkError";
    this.recorded = recorded;
  }
}

/** The sink of a database: statements are sent, work is run. */
export function workSink({ connection, dialect }: DatabaseOptions): Sink {
  let database: WorkDatabase | null = null;
  return {
    reader: connection,
    send: (statement) => connection.send(statement),
    async work(recorded, { what, work }) {
      await connection.flush();
      database ??= await workDatabase(connection, dialect.name);
      try {
        await work(database);
      } catch (failure) {
        throw failure instanceof MigError ? failure : new WorkError(recorded, what, failure);
      }
    },
  };
}

/** What `op.run` is given. drizzle-orm is loaded here, before the work, because `db.drizzle` cannot wait for it. */
export async function workDatabase(connection: Connection, dialect: WorkDatabase["dialect"]): Promise<WorkDatabase> {
  const orm = await connection.drizzle().then(
    (drizzle) => ({ drizzle }),
    (failure: unknown) => ({ failure }),
  );
  return {
    dialect,
    async all<Row>(sql: SqlLike | string) {
      const { sql: text, params } = connection.query(sql);
      return (await connection.all(text, params)) as Row[];
    },
    run(sql) {
      const { sql: text, params } = connection.query(sql);
      return connection.run(text, params);
    },
    get drizzle() {
      if ("failure" in orm) throw orm.failure;
      return orm.drizzle;
    },
  };
}
