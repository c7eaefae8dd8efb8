/** What both targets do with a revision's operations, and the bookkeeping that goes with them. */
import type { Dialect, Gathered, LogEntry, Reader, VersionTable } from "../dialects/dialect.ts";
import type { Statement } from "../dialects/statement.ts";
import { MigError } from "../errors.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import type { Step } from "../revisions/path.ts";
import { askedBy, gather, suspect } from "./gather.ts";

/** Where the statements of one revision go. */
export interface Sink {
  readonly reader: Reader;
  /** Called before an operation is compiled. */
  prepare?(recorded: Recorded): Promise<void>;
  send(statement: Statement): Promise<void>;
  work(recorded: Recorded, operation: Extract<Operation, { kind: "run" }>): Promise<void>;
}

/** An operation that cannot be carried out here: found while it was compiled, or proven by a query. */
export class OperationError extends Error {
  readonly recorded: Recorded;
  override readonly cause: MigError;

  constructor(recorded: Recorded, cause: MigError) {
    super(cause.message);
    this.name = "OperationError";
    this.recorded = recorded;
    this.cause = cause;
  }
}

/** Carry out recorded operations one after the other. A dialect compiles each against the database as it is by then. */
export async function carryOut(
  dialect: Dialect,
  operations: readonly Recorded[],
  sink: Sink,
): Promise<void> {
  for (const gathered of gather(dialect, operations)) {
    const { recorded } = gathered;
    if (recorded.operation.kind === "run") {
      await sink.work(recorded, recorded.operation);
      continue;
    }
    await withSite(recorded, async () => sink.prepare?.(recorded));
    for (const statement of await compileGathered(dialect, gathered, sink.reader))
      await withSite(askedBy(gathered, statement), () => sink.send(statement));
  }
}

/** An error is told of the call that recorded what failed, whatever it was gathered with. */
async function compileGathered(
  dialect: Dialect,
  gathered: Gathered,
  reader: Reader,
): Promise<readonly Statement[]> {
  try {
    return await dialect.compile(gathered.recorded, reader);
  } catch (failure) {
    if (!(failure instanceof MigError)) throw failure;
    throw new OperationError(await suspect(dialect, gathered, reader), failure);
  }
}

/** Keep which operation it was that an error of the catalogue is about. */
export async function withSite<Result>(
  recorded: Recorded,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    throw failure instanceof MigError ? new OperationError(recorded, failure) : failure;
  }
}

/** The statements that move the heads and log a step, on a database whose heads are known. */
export function bookkeeping(
  dialect: Dialect,
  at: VersionTable,
  step: Pick<Step, "removes" | "adds">,
  log: string,
): readonly Statement[] {
  const { replaceHeads } = dialect.bookkeeping;
  return [...replaceHeads(at, step.removes, step.adds), log].map((sql) => ({ sql, from: null }));
}

/** What the log says of a step, but for how it went. */
export interface RunInfo {
  readonly batch: number;
  readonly who: string;
  readonly toolVersion: string;
  readonly environment: string;
}

export type Outcome = Pick<LogEntry, "success" | "ms" | "error" | "progress">;
