/** What both targets do with a revision's operations, and the bookkeeping that goes with them. */
import type { Dialect, LogEntry, Reader, VersionTable } from "../dialects/dialect.ts";
import type { Statement } from "../dialects/statement.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import type { Step } from "../revisions/path.ts";

/** Where the statements of one revision go. */
export interface Sink {
  readonly reader: Reader;
  send(statement: Statement): Promise<void>;
  work(recorded: Recorded, operation: Extract<Operation, { kind: "run" }>): Promise<void>;
}

/** Carry out recorded operations one after the other. A dialect compiles each against the database as it is by then. */
export async function carryOut(
  dialect: Dialect,
  operations: readonly Recorded[],
  sink: Sink,
): Promise<void> {
  for (const recorded of operations) {
    if (recorded.operation.kind === "run") {
      await sink.work(recorded, recorded.operation);
      continue;
    }
    for (const statement of await dialect.compile(recorded, sink.reader)) await sink.send(statement);
  }
}

/** The statements that move the heads and log a step. */
export function bookkeeping(
  dialect: Dialect,
  at: VersionTable,
  step: Pick<Step, "removes" | "adds">,
  log: string,
): readonly Statement[] {
  const { moveHeads } = dialect.bookkeeping;
  return [...moveHeads(at, step.removes, step.adds), log].map((sql) => ({ sql, from: null }));
}

/** What the log says of a step, but for how it went. */
export interface RunInfo {
  readonly batch: number;
  readonly who: string;
  readonly toolVersion: string;
  readonly environment: string;
}

export type Outcome = Pick<LogEntry, "success" | "ms" | "error" | "progress">;
