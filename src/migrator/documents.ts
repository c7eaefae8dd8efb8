/** What calls give back, and what the command line prints with --json. */
import type { DialectName } from "../model/schema.ts";
import type { Revision } from "../revisions/revision.ts";

export interface RunDocument {
  readonly dialect: DialectName;
  readonly dryRun: boolean;
  /** What was run, in this order; of a dry run what would be. */
  readonly steps: readonly {
    readonly direction: "up" | "down" | "stamp";
    readonly revision: string;
    readonly message: string;
    /** Milliseconds. */
    readonly ms: number;
  }[];
  /** The revisions that the database is at now. */
  readonly current: readonly string[];
}

interface Ran {
  readonly direction: "up" | "down" | "stamp";
  readonly revision: Revision;
  readonly ms: number;
}

/** The document of `upgrade`, `downgrade` and `stamp`. */
export function runDocument(
  dialect: DialectName,
  dryRun: boolean,
  ran: readonly Ran[],
  current: readonly string[],
): RunDocument {
  const steps = ran.map(({ direction, revision, ms }) => ({
    direction,
    revision: revision.id,
    message: revision.message,
    ms: Math.round(ms),
  }));
  return { dialect, dryRun, steps, current };
}
