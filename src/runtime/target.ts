import type { LogRow } from "../dialects/dialect.ts";
import type { Step } from "../revisions/path.ts";
import type { RevisionScript } from "./script-file.ts";

/** Where statements go: a database, or a script on stdout. The loop of `migrate` is the same for both. */
export interface Target {
  /** The heads to start from. */
  open(): Promise<readonly string[]>;
  /** Runs of before that stopped half-way, as far as is known by now. */
  unfinished(): readonly LogRow[];
  /** Everything that is to be done before the first of `steps`; each has its script by now. */
  prepare(steps: readonly PreparedStep[]): Promise<void>;
  /** Carry out one step with its bookkeeping, as one transaction or none. Gives the milliseconds it took. */
  apply(step: PreparedStep): Promise<number>;
  /** After the last step. */
  finish(): Promise<void>;
}

export interface PreparedStep extends Step {
  readonly script: RevisionScript;
}

/** The heads of a database are no longer those that the steps were planned from. */
export class HeadsMoved extends Error {
  readonly found: readonly string[];

  constructor(found: readonly string[]) {
    super("the heads moved");
    this.name = "HeadsMoved";
    this.found = found;
  }
}
