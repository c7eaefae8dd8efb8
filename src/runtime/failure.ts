/** What is made of a failure of a revision: a row of the log, and an error that says what state the database is in. */
import { StatementError } from "../dialects/statement.ts";
import { type ErrorContext, MigError, error } from "../errors.ts";
import { OperationError } from "./carry-out.ts";
import type { RunState } from "./database.ts";
import { locate } from "./location.ts";
import { type LogDetails, logEntry } from "./log-entry.ts";
import { WorkError } from "./work.ts";

/** The sentence about a database whose last revision was undone. */
export function rolledBack(heads: readonly string[]): string {
  return `the revision was rolled back; the database is still at ${heads.join(", ") || "base"}`;
}

/** Log that a revision failed, and give the error to throw. The transaction is rolled back by now. */
export async function failed(
  state: RunState,
  details: LogDetails,
  failure: unknown,
  ms: number,
  sentence: string,
): Promise<MigError> {
  const described = describeFailure(state, details, failure, sentence);
  const logged = await logFailure(state, details, described.message, ms);
  return logged === null ? described : described.within({ state: `${sentence} (and it could not be logged: ${logged})` });
}

/** The error for people: what the server said, where the statement was written, what state the database is in. */
export function describeFailure(
  { options }: RunState,
  { step }: LogDetails,
  thrown: unknown,
  sentence: string,
): MigError {
  const { revision } = step;
  const failure = thrown instanceof OperationError ? thrown.cause : thrown;
  const { why, error: known, context } = options.connection.explain(failure);
  const where: ErrorContext = {
    revision: revision.id,
    ...context,
    ...(failure instanceof StatementError && { statement: failure.statement.sql.trim() }),
    location: locate(siteOf(thrown), revision, options.root),
    state: sentence,
    cause: failure,
  };
  if (failure instanceof MigError) return failure.within(where);
  if (known !== null) return known.within(where);
  return error("REVISION_FAILED", { revision: revision.id, why, help: "correct the revision and run it again" }, where);
}

function siteOf(failure: unknown) {
  if (failure instanceof StatementError) return failure.statement.from?.site ?? null;
  if (failure instanceof OperationError) return failure.recorded.site;
  if (failure instanceof WorkError) return failure.cause instanceof Error ? failure.cause : failure.recorded.site;
  return failure instanceof Error ? failure : null;
}

/** Null when it was logged, else why not: that must not hide the failure itself. */
async function logFailure(
  { options }: RunState,
  details: LogDetails,
  message: string,
  ms: number,
): Promise<string | null> {
  const { connection, dialect, versionTable, info } = options;
  const outcome = { success: false, ms: Math.round(ms), error: message, progress: null };
  const sql = dialect.bookkeeping.log(versionTable, logEntry(details, info, outcome));
  try {
    await connection.begin({ suspendForeignKeys: false });
    await connection.send({ sql, from: null });
    await connection.commit();
    return null;
  } catch (cause) {
    await connection.rollback();
    return connection.explain(cause).why;
  }
}
