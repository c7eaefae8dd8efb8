/** What a project does around a run: `beforeRun` and the other callbacks of the config. */
import type { DialectName } from "../model/schema.ts";

/** A revision that runs, or ran. */
export interface RunStep {
  readonly direction: "up" | "down";
  readonly revision: string;
  readonly message: string;
  /** Relative to the project, with forward slashes. */
  readonly file: string;
}

export interface DoneStep extends RunStep {
  /** Milliseconds. */
  readonly ms: number;
}

/** What all callbacks are told. */
export interface AboutRun {
  readonly command: "upgrade" | "downgrade" | "reset";
  readonly dialect: DialectName;
  /** The environment's name. */
  readonly environment: string;
  /** A transaction for each revision, or one for all of them. */
  readonly transaction: "each" | "all";
}

export interface BeforeRun extends AboutRun {
  /** What is going to run, in this order. */
  readonly steps: readonly RunStep[];
}

export interface BeforeRevision extends AboutRun, RunStep {
  /** Its place in the run, from 0. */
  readonly index: number;
  readonly count: number;
}

export interface AfterRevision extends BeforeRevision {
  /** Milliseconds. */
  readonly ms: number;
}

export interface AfterRun extends AboutRun {
  /** What was run. */
  readonly steps: readonly DoneStep[];
  /** Milliseconds since `beforeRun` was called. */
  readonly ms: number;
}

/** What failed, as `--json` prints it. */
export interface Failure {
  /** The stable name of the failure; "INTERNAL" for a defect of mig. */
  readonly code: string;
  readonly message: string;
  readonly help: string;
  /** The revision that failed, where it was one. */
  readonly revision?: string;
  /** `path:line:column`, relative to the project. */
  readonly location?: string;
  /** The SQL that was refused. */
  readonly statement?: string;
  /** What state the database is in now, as a sentence. */
  readonly state?: string;
}

export interface RunFailed extends AboutRun {
  readonly error: Failure;
  /** What was run and stays. */
  readonly steps: readonly DoneStep[];
}

/** Each may be async, and is awaited. What one throws stops the run (CALLBACK_FAILED). */
export interface Callbacks {
  /** Before the backup and the first revision; not called where there is nothing to run. */
  readonly beforeRun?: (run: BeforeRun) => unknown;
  /** Before the transaction of a revision. In a run that is one transaction: inside it. */
  readonly beforeRevision?: (revision: BeforeRevision) => unknown;
  /** After a revision was committed. In a run that is one transaction: after that was. */
  readonly afterRevision?: (revision: AfterRevision) => unknown;
  /** After the last revision was committed. */
  readonly afterRun?: (run: AfterRun) => unknown;
  /** After a run failed, whatever it failed of. */
  readonly onError?: (failure: RunFailed) => unknown;
}
