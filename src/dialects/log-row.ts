/** Rows of the log, as they are read back. */
import type { LogRow } from "./dialect.ts";

/** A row of the log under the names of its columns. */
export interface LogRecord {
  readonly run: string;
  readonly batch: number;
  readonly direction: LogRow["direction"];
  readonly revision: string;
  readonly message: string;
  readonly file: string;
  readonly checksum: string;
  readonly started_at: string;
  readonly ms: number | null;
  /** SQLite keeps 1 and 0. */
  readonly success: boolean | number | null;
  readonly error: string | null;
  readonly statements_done: number | null;
  readonly statements_begun: number | null;
  readonly statements_hash: string | null;
  readonly who: string;
  readonly tool_version: string;
  readonly environment: string;
}

/** A row of the log in the words of the runtime. */
export function logRow(row: LogRecord): LogRow {
  const { statements_done: done, statements_begun: begun, statements_hash: hash } = row;
  return {
    run: row.run,
    batch: row.batch,
    direction: row.direction,
    revision: row.revision,
    message: row.message,
    file: row.file,
    checksum: row.checksum,
    startedAt: row.started_at,
    ms: row.ms,
    success: row.success === null ? null : Boolean(row.success),
    error: row.error,
    progress: begun === null ? null : { done: done ?? 0, begun, hash: hash ?? "" },
    who: row.who,
    toolVersion: row.tool_version,
    environment: row.environment,
  };
}
