/**
 * mig's own statements of a step that is a transaction: they move the heads and log it. They are written for all steps before
 * the first one runs: between two commits, when everything else had its turn, the same work takes three times as long.
 */
import { randomUUID } from "node:crypto";
import type { Statement } from "../dialects/statement.ts";
import { bookkeeping } from "./carry-out.ts";
import { logEntry } from "./log-entry.ts";
import type { DatabaseOptions } from "./options.ts";
import type { PreparedStep } from "./target.ts";

export interface OwnStatements {
  /** What the log calls the run of the step. */
  readonly run: string;
  at(startedAt: Date): readonly Statement[];
}

/** The statements of `step`, but for the time that it begins at. */
export function ownStatements(
  { dialect, versionTable, info }: DatabaseOptions,
  step: PreparedStep,
  batch: number,
): OwnStatements {
  const run = randomUUID();
  const time = `<${run}>`;
  const outcome = { success: true, ms: "sinceBegin", error: null, progress: null } as const;
  const entry = logEntry({ run, startedAt: "now", step, batch }, info, outcome);
  const log = dialect.bookkeeping.log(versionTable, { ...entry, startedAt: time });
  const statements = bookkeeping(dialect, versionTable, step, log);
  const [pieces, moves] = [log.split(time), statements.slice(0, -1)];
  return {
    run,
    at: (startedAt) => [...moves, { sql: pieces.join(startedAt.toISOString()), from: null }],
  };
}
