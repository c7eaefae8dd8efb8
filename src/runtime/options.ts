/** What a run on a database is told. */
import type { Connection, Dialect, VersionTable } from "../dialects/dialect.ts";
import type { RunInfo } from "./carry-out.ts";

export interface DatabaseOptions {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  readonly root: string;
  /** Every revision in a transaction of its own, or the whole run in one. */
  readonly transaction: "each" | "all";
  readonly info: Omit<RunInfo, "batch">;
  /** Milliseconds to wait for another run of mig. */
  readonly runLock: number;
  readonly notes: RunNotes;
  /** Ends the run with INTERRUPTED: what is running is rolled back, and nothing more is begun. */
  readonly signal?: AbortSignal;
}

/** What a run tells while it goes on. */
export interface RunNotes {
  waiting(holder: string): void;
  retrying(why: string, delay: number): void;
}
