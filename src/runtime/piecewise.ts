/**
 * Revisions without a transaction: one statement at a time, each logged before and after it runs, so that the next run
 * goes on behind the last one that succeeded.
 */
import type { LogRow } from "../dialects/dialect.ts";
import { fail, type MigError } from "../errors.ts";
import { asking } from "./asking.ts";
import { bookkeeping } from "./carry-out.ts";
import { claim } from "./claim.ts";
import { describeFailure, isLost, tryLogging, updateLog } from "./failure.ts";
import { type Piece, piecesOf, progressOf } from "./pieces.ts";
import { runPiece, type Walk } from "./run-piece.ts";
import { headsAfter, type RunState, shown } from "./run-state.ts";
import type { PreparedStep } from "./target.ts";
import { begun } from "./transaction.ts";
import { goOn } from "./turn.ts";

/** Run a revision statement by statement. Gives the milliseconds it took. */
export async function applyPiecewise(state: RunState, step: PreparedStep): Promise<number> {
  const { dialect, connection } = state.options;
  const details = begun(state, step);
  const started = performance.now();
  const earlier = await asking(connection, () => claim(state, details));
  const walk: Walk = {
    details,
    started,
    pieces: [],
    done: earlier?.progress?.done ?? 0,
    running: null,
  };
  try {
    walk.pieces = await piecesOf(dialect, connection, step.script.operations);
    if (earlier !== undefined) walk.done = await resumeAt(state, step, earlier, walk.pieces);
    for (; walk.done < walk.pieces.length; walk.done++) {
      await goOn(state.options.signal);
      walk.running = walk.pieces[walk.done] ?? null;
      await runPiece(state, walk);
      walk.running = null;
    }
    await close(state, walk);
  } catch (failure) {
    throw await stopped(state, walk, failure);
  }
  state.heads = headsAfter(state.heads, step);
  return performance.now() - started;
}

/** Where to go on after a run that stopped. Its statements must still be those of the file. */
async function resumeAt(
  { options }: RunState,
  { revision }: PreparedStep,
  row: LogRow,
  pieces: readonly Piece[],
): Promise<number> {
  const { done, begun, hash } = row.progress ?? { done: 0, begun: 0, hash: "" };
  const where = { revision: revision.id, location: revision.file };
  // Of a run that was stopped before it began anything, nothing has to be the same.
  if (begun > 0 && (begun > pieces.length || progressOf(pieces, done, begun).hash !== hash)) {
    fail("RESUME_IMPOSSIBLE", { revision: revision.id, done }, where);
  }
  const interrupted = begun > done ? pieces[done] : undefined;
  if (interrupted === undefined) return done;
  const outcome =
    interrupted.kind === "statement"
      ? await options.connection.probe(interrupted.statement)
      : "unclear";
  if (outcome === "unclear") {
    fail(
      "RESUME_UNCLEAR",
      { revision: revision.id, statement: begun },
      { ...where, statement: interrupted.text },
    );
  }
  return outcome === "done" ? done + 1 : done;
}

async function close({ options }: RunState, { details, pieces, started }: Walk): Promise<void> {
  const { connection, dialect, versionTable } = options;
  const log = dialect.bookkeeping.updateLog(versionTable, details.run, {
    success: true,
    ms: elapsed(started),
    progress: progressOf(pieces, pieces.length, pieces.length),
  });
  await connection.begin({ suspendForeignKeys: false });
  for (const statement of bookkeeping(dialect, versionTable, details.step, log))
    await connection.send(statement);
  await connection.commit();
}

/** Log how far it came, and give the error to throw. */
async function stopped(state: RunState, walk: Walk, failure: unknown): Promise<MigError> {
  const { connection } = state.options;
  await connection.rollback();
  const lost = isLost(state, failure);
  const unmended = lost ? null : await mend(state, walk.running);
  const sentence = standOf(state, walk, lost) + (unmended === null ? "" : `; ${unmended}`);
  const described = describeFailure(state.options, walk.details.step.revision, failure, sentence);
  if (lost) return described;
  const logged = await tryLogging(state, () =>
    updateLog(state, walk.details, {
      success: false,
      error: described.message,
      ms: elapsed(walk.started),
      // A statement that the server refused left nothing behind: it may be corrected before the next run.
      ...(walk.running &&
        unmended === null && { progress: progressOf(walk.pieces, walk.done, walk.done) }),
    }),
  );
  return logged === null
    ? described
    : described.within({ state: `${sentence} (and it could not be logged: ${logged})` });
}

/**
 * But what works beside others leaves an invalid index behind, which the next run may no longer know of. Null when nothing
 * is left, else what is: then the statement counts as begun, and the next run looks.
 */
async function mend({ options }: RunState, piece: Piece | null): Promise<string | null> {
  const { connection, dialect } = options;
  if (piece?.kind !== "statement" || !dialect.refusesTransaction(piece.recorded.operation))
    return null;
  try {
    await connection.probe(piece.statement);
    return null;
  } catch (failure) {
    return `what the statement left half-way is for the next run to mend (${connection.explain(failure).why})`;
  }
}

function standOf(state: RunState, { pieces, done, running }: Walk, lost: boolean): string {
  const part =
    done === 0
      ? running?.kind === "work"
        ? "no statement of it is done"
        : "nothing of it is done"
      : `${done} of its ${pieces.length} statements ${done === 1 ? "is" : "are"} done and stay${done === 1 ? "s" : ""}`;
  return [
    `this revision runs without a transaction: ${part}`,
    running?.kind === "work" &&
      (done === 0
        ? "what its unfinished op.run did stays"
        : "so does what its unfinished op.run did"),
    `the database is still at ${shown(state.heads)}`,
    lost
      ? "the next run looks whether the statement that was running took effect"
      : (running || isInterrupted(state)) && "the next run goes on from there",
  ]
    .filter(Boolean)
    .join("; ");
}

function isInterrupted({ options }: RunState): boolean {
  return options.signal?.aborted ?? false;
}

function elapsed(since: number): number {
  return Math.round(performance.now() - since);
}
