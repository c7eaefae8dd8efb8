/** The log of runs, as data. */

/**
 * What happened to a revision: it ran, it was stamped, or it was repaired. A changed file was accepted, a failure was
 * handled, an applied revision that has no file was forgotten. A backup is of the whole database.
 */
export type LogDirection = "up" | "down" | "stamp" | "accept" | "handled" | "forget" | "backup";

/** One run of one revision, as the log keeps it. */
export interface LogEntry {
  /** A random name for this run, by which its row is found again. */
  readonly run: string;
  /** One number per command. */
  readonly batch: number | ScriptBatch;
  readonly direction: LogDirection;
  readonly revision: string;
  /** Of the revision; of a repair the reason, of a backup its file or command. */
  readonly message: string;
  readonly file: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string;
  /** ISO 8601, UTC; in a script "now", whenever that will be. */
  readonly startedAt: string;
  /** Null while it runs. */
  readonly success: boolean | null;
  /** Milliseconds; "sinceBegin" lets the server measure since the transaction began. */
  readonly ms: number | "sinceBegin" | null;
  readonly error: string | null;
  /** Of a revision without transaction: statements done, and the SHA-256 of all statements begun. */
  readonly progress: Progress | null;
  readonly who: string;
  readonly toolVersion: string;
  readonly environment: string;
}

/** The next number of the log, whatever it is when a script runs, for all runs whose names begin so. */
export interface ScriptBatch {
  readonly runsBegin: string;
}

export interface Progress {
  readonly done: number;
  readonly begun: number;
  readonly hash: string;
}

export type LogChange = Partial<Pick<LogEntry, "success" | "ms" | "error" | "progress">>;

/** A row of the log as it is read back. */
export interface LogRow extends Omit<LogEntry, "ms" | "batch"> {
  readonly batch: number;
  readonly ms: number | null;
}
