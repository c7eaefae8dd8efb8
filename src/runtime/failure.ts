/** What is made of a failure of a revision: a row of the log, and an error that says what state the database is in. */
import type { Connection, LogChange } from "../dialects/dialect.ts";
import { StatementError } from "../dialects/statement.ts";
import { type ErrorContext, error, MigError } from "../errors.ts";
import type { Revision } from "../revisions/revision.ts";
import { OperationError } from "./carry-out.ts";
import { locate, type Site } from "./location.ts";
import { type LogDetails, logEntry } from "./log-entry.ts";
import { headsAfter, type RunState, shown } from "./run-state.ts";
import { WorkError } from "./work.ts";

/** How far a transaction came: it waits to begin, its script runs, or it is being committed. */
export type Stage = "begin" | "script" | "commit";

/** Log that a revision in a transaction failed, and give the error to throw. The transaction is rolled back by now. */
export async function failed(
  state: RunState,
  details: LogDetails,
  failure: unknown,
  at: { readonly stage: Stage; readonly ms: number },
): Promise<MigError> {
  const lost = isLost(state, failure);
  const sentence = endedItself(failure)
    ? `the revision's transaction is over; the version table is at ${shown(state.heads)}`
    : standAfter(state, details, at.stage, lost);
  const described = describeFailure(state.options, details.step.revision, failure, sentence);
  // Nothing ran, or there is nobody to tell.
  if (at.stage === "begin" || lost) return described;
  const logged = await tryLogging(state, () =>
    insertFailure(state, details, described.message, at.ms),
  );
  return logged === null
    ? described
    : described.within({ state: `${sentence} (and it could not be logged: ${logged})` });
}

/** True when the revision ended mig's transaction: what it had done by then may have been committed. */
function endedItself(failure: unknown): boolean {
  const cause = causeOf(failure);
  return cause instanceof MigError && cause.code === "TRANSACTION_ENDED";
}

function standAfter(state: RunState, { step }: LogDetails, stage: Stage, lost: boolean): string {
  const together = state.options.transaction === "all";
  const what = together ? "the whole run" : "the revision";
  const before = together ? (state.database.heads ?? []) : state.heads;
  const still = `the database is still at ${shown(before)}`;
  if (stage === "begin") return `nothing of ${what} was run; ${still}`;
  if (stage !== "commit" || !lost) return `${what} was rolled back; ${still}`;
  const after = together ? state.heads : headsAfter(state.heads, step);
  return `whether ${what} was committed is not known: the database is at ${shown(before)} or at ${shown(after)}`;
}

/** True when the session with the server ended. */
export function isLost({ options }: RunState, failure: unknown): boolean {
  return options.connection.explain(causeOf(failure)).error?.code === "CONNECTION_LOST";
}

/** The error for people: what the server said, where the statement was written, what state the database is in. */
export function describeFailure(
  { connection, root }: { readonly connection: Pick<Connection, "explain">; readonly root: string },
  revision: Revision,
  thrown: unknown,
  sentence: string,
): MigError {
  const failure = causeOf(thrown);
  const { why, error: known, context } = connection.explain(failure);
  const told = thrown instanceof WorkError ? `${thrown.what}: ${why}` : why;
  const where: ErrorContext = {
    revision: revision.id,
    ...context,
    ...(failure instanceof StatementError && { statement: failure.statement.sql.trim() }),
    location: locate(sitesOf(thrown), revision, root),
    state: sentence,
    cause: failure,
  };
  if (failure instanceof MigError) return failure.within(where);
  if (known !== null) return known.within(where);
  return error(
    "REVISION_FAILED",
    { revision: revision.id, why: told, help: "correct the revision and run it again" },
    where,
  );
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof OperationError || thrown instanceof WorkError ? thrown.cause : thrown;
}

function sitesOf(failure: unknown): readonly Site[] {
  if (failure instanceof StatementError) return [failure.statement.from?.site];
  if (failure instanceof OperationError) return [failure.recorded.site];
  if (failure instanceof WorkError) return failure.sites;
  return [failure instanceof Error ? failure : null];
}

async function insertFailure(
  { options }: RunState,
  details: LogDetails,
  message: string,
  ms: number,
): Promise<void> {
  const { connection, dialect, versionTable, info } = options;
  const outcome = { success: false, ms: Math.round(ms), error: message, progress: null };
  const sql = dialect.bookkeeping.log(versionTable, logEntry(details, info, outcome));
  await connection.begin({ suspendForeignKeys: false });
  await connection.send({ sql, from: null });
  await connection.commit();
}

/** Change the row of a run that was logged as begun. */
export async function updateLog(
  { options }: RunState,
  { run }: LogDetails,
  change: LogChange,
): Promise<void> {
  const { connection, dialect, versionTable } = options;
  await connection.send({
    sql: dialect.bookkeeping.updateLog(versionTable, run, change),
    from: null,
  });
  await connection.flush();
}

/** Null when it was logged, else why not: that must not hide the failure itself. */
export async function tryLogging(
  { options }: RunState,
  log: () => Promise<void>,
): Promise<string | null> {
  const { connection } = options;
  try {
    await log();
    return null;
  } catch (cause) {
    await connection.rollback();
    return connection.explain(cause).why;
  }
}
