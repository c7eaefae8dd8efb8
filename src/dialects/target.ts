/** Where a connection leads, and what it is told. */
import type { StatementProgress } from "./statement.ts";

/** Where mig keeps what it knows. */
export interface VersionTable {
  readonly name: string;
  /** PostgreSQL only; the first schema of the search path when absent. */
  readonly schema?: string;
}

export interface ConnectTarget {
  readonly url: string;
  /** The project's folder: relative paths start there, and drivers are looked up from there. */
  readonly root: string;
  readonly versionTable: VersionTable;
  /** A command that only looks: nothing is created, and a missing SQLite file is an empty database. */
  readonly readOnly: boolean;
  readonly timeouts: Timeouts;
  /** A connection to the same database that somebody else keeps: it is used as it is, and given back as it was. */
  readonly existing?: object;
  /** Ends waiting, and what the server runs, with INTERRUPTED. What mig sends for itself after that still goes. */
  readonly signal?: AbortSignal;
  /** Told how far a statement of a revision is, when it takes long. */
  readonly onProgress?: (progress: StatementProgress) => void;
}

/** All in milliseconds. */
export interface Timeouts {
  /** How long to wait for another run of mig to end. */
  readonly runLock: number;
  /** How long a statement waits for a lock on a table. */
  readonly lock: number;
  /** How long a statement may run; 0 for as long as it takes. */
  readonly statement: number;
}
