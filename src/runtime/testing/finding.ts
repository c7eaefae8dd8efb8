/** What a test of a history found. */

import { markingHelp } from "../../errors/words.ts";
import type { MigError } from "../../errors.ts";
import type { DialectName } from "../../model/schema.ts";

export interface Finding {
  /**
   * `failed`: a script does not run. `schema`: a way there and back leads to another schema. `rows`: rows are lost, or in
   * the way. `crash`: a run that was killed leaves something, or cannot be gone on with. `heads`: there are several. `check`:
   * the heads are not what the Drizzle schema says.
   */
  readonly kind: "failed" | "schema" | "rows" | "crash" | "heads" | "check";
  /** Null where it is about the whole history. */
  readonly revision: string | null;
  readonly direction: "up" | "down" | null;
  readonly message: string;
  /** A line for each thing that differs. */
  readonly differences: readonly string[];
  /** The file of the revision, and the line where that is known. */
  readonly location?: string;
  readonly statement?: string;
  readonly help?: string;
}

/** What came of the test on one database. */
export interface DialectReport {
  readonly dialect: DialectName;
  /** How many revisions were run. */
  readonly revisions: number;
  /** How often an upgrade was killed; absent where none was to be. */
  readonly kills?: number;
  readonly findings: readonly Finding[];
  /** What was not tested, and why. */
  readonly notes: readonly string[];
}

/** A script that does not run, with what can be done where that is no mistake. */
export function failure(
  revision: string,
  direction: "up" | "down",
  { message, help, context, code }: MigError,
): Finding {
  const { location, statement } = context;
  return {
    kind: "failed",
    revision,
    direction,
    message,
    differences: [],
    ...(location !== undefined && { location }),
    ...(statement !== undefined && { statement }),
    help: code === "REVISION_FAILED" ? markingHelp(revision) : help,
  };
}
