import type { SqlLike } from "./sql.ts";

/** The database as `op.run` sees it: inside the revision's own transaction. */
export interface WorkDatabase {
  readonly dialect: "postgresql" | "sqlite";
  /** The rows of a query. Values of sql`…` are sent as parameters. */
  all<Row = Record<string, unknown>>(sql: SqlLike | string): Promise<Row[]>;
  /** Run a statement; how many rows it changed. */
  run(sql: SqlLike | string): Promise<{ readonly changes: number }>;
  /**
   * The user's own drizzle-orm on this connection: a `NodePgDatabase` or a `BetterSQLite3Database`. Its type depends on
   * the dialect, so say which you expect: `db.drizzle as NodePgDatabase`.
   */
  readonly drizzle: unknown;
}
