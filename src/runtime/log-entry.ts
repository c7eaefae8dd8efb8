import { randomUUID } from "node:crypto";
import type { LogEntry } from "../dialects/dialect.ts";
import type { Outcome, RunInfo } from "./carry-out.ts";
import type { PreparedStep } from "./target.ts";

/** What is known of a run before it ends. */
export interface LogDetails {
  readonly run: string;
  readonly startedAt: Date | "now";
  readonly step: PreparedStep;
  readonly batch: LogEntry["batch"];
}

/** The same of one that began. */
export interface BegunDetails extends LogDetails {
  readonly startedAt: Date;
}

/** The row of the log for a run and how it went. */
export function logEntry(
  { run, startedAt, step, batch }: LogDetails,
  info: Omit<RunInfo, "batch">,
  outcome: Outcome,
): LogEntry {
  const { id, message, file } = step.revision;
  return {
    run,
    batch,
    direction: step.direction,
    revision: id,
    message,
    file,
    checksum: step.script.checksum,
    startedAt: startedAt === "now" ? startedAt : startedAt.toISOString(),
    ...outcome,
    ...info,
  };
}

/** How the runs of a command are named and numbered in the log. */
export interface Numbering {
  readonly batch: LogEntry["batch"];
  run(): string;
}

/** The runs of a script: which number they get together is known when it runs. */
export function scriptNumbering(): Numbering {
  const runsBegin = randomUUID().slice(0, 9);
  return { batch: { runsBegin }, run: () => runsBegin + randomUUID().slice(9) };
}
