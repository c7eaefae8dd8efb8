/**
 * Revisions without a transaction: one statement at a time, each logged before and after it runs, so that the next run
 * goes on behind the last one that succeeded.
 */
import { createHash, randomUUID } from "node:crypto";
import type { LogChange, LogRow, Progress } from "../dialects/dialect.ts";
import type { Statement } from "../dialects/statement.ts";
import { fail } from "../errors.ts";
import type { Recorded } from "../operations/operation.ts";
import { bookkeeping, withSite } from "./carry-out.ts";
import { claim } from "./claim.ts";
import { type RunState, moveHeads } from "./database.ts";
import { describeFailure } from "./failure.ts";
import type { LogDetails } from "./log-entry.ts";
import type { PreparedStep } from "./target.ts";
import { workSink } from "./work.ts";

/** One thing that is done as a whole: a statement, or the work of an `op.run`. */
interface Piece {
  readonly text: string;
  readonly recorded: Recorded;
  readonly statement: Statement | null;
}

/** Run a revision statement by statement. Gives the milliseconds it took. */
export async function applyPiecewise(state: RunState, step: PreparedStep): Promise<number> {
  const started = performance.now();
  const details: LogDetails = { run: randomUUID(), startedAt: new Date(), step, batch: state.batch };
  const earlier = await claim(state, details);
  const at = { done: earlier?.progress?.done ?? 0, count: 0 };
  try {
    const pieces = await piecesOf(state, step);
    at.count = pieces.length;
    at.done = earlier === undefined ? 0 : await resumeAt(state, step, earlier, pieces);
    for (; at.done < pieces.length; at.done++) await runPiece(state, details, pieces, at.done);
    await close(state, details, pieces, elapsed(started));
  } catch (failure) {
    const described = describeFailure(state, details, failure, halfWay(at.done, at.count));
    await update(state, details, { success: false, error: described.message, ms: elapsed(started) });
    throw described;
  }
  moveHeads(state, step);
  return performance.now() - started;
}

function halfWay(done: number, count: number): string {
  const stand = done === 0 ? "nothing of it is done" : `${done} of its ${count} statements are done and stay`;
  return `this revision runs without a transaction: ${stand}; the next run goes on from there`;
}

async function piecesOf({ options }: RunState, { script }: PreparedStep): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const recorded of script.operations) {
    const { operation } = recorded;
    if (operation.kind === "run") {
      pieces.push({ text: `op.run ${operation.what}`, recorded, statement: null });
      continue;
    }
    const compile = () => options.dialect.compile(recorded, options.connection);
    for (const statement of await withSite(recorded, compile)) {
      pieces.push({ text: statement.sql, recorded, statement });
    }
  }
  return pieces;
}

/** Where to go on after a run that stopped. Its statements must still be those of the file. */
async function resumeAt(
  { options }: RunState,
  { revision }: PreparedStep,
  row: LogRow,
  pieces: readonly Piece[],
): Promise<number> {
  const { done, begun, hash } = row.progress ?? { done: 0, begun: 0, hash: "" };
  if (begun > pieces.length || progress(pieces, done, begun).hash !== hash) {
    fail("RESUME_IMPOSSIBLE", { revision: revision.id, done }, { revision: revision.id, location: revision.file });
  }
  const interrupted = begun > done ? pieces[done] : undefined;
  if (interrupted === undefined) return done;
  const outcome = interrupted.statement === null ? "unclear" : await options.connection.probe(interrupted.statement);
  if (outcome === "done") return done + 1;
  // A statement that the server refused left nothing behind; one that was cut off may have.
  if (outcome === "undone" || row.success === false) return done;
  return fail("RESUME_UNCLEAR", { revision: revision.id, statement: begun }, {
    revision: revision.id,
    location: revision.file,
    statement: interrupted.text,
  });
}

async function runPiece(
  state: RunState,
  details: LogDetails,
  pieces: readonly Piece[],
  at: number,
): Promise<void> {
  const piece = pieces[at];
  if (piece === undefined) return;
  await update(state, details, { progress: progress(pieces, at, at + 1) });
  const sink = workSink(state.options);
  const { operation } = piece.recorded;
  if (piece.statement === null) {
    if (operation.kind === "run") await sink.work(piece.recorded, operation);
    return;
  }
  // What an earlier attempt left half-way (an invalid index) is mended first.
  if (state.options.dialect.refusesTransaction(operation)) await state.options.connection.probe(piece.statement);
  await sink.send(piece.statement);
  await state.options.connection.flush();
}

/** The hash is of every statement that was begun: a changed file is noticed before anything is run twice. */
function progress(pieces: readonly Piece[], done: number, begun: number): Progress {
  const hash = createHash("sha256");
  for (const { text } of pieces.slice(0, begun)) hash.update(text).update("\0");
  return { done, begun, hash: hash.digest("hex") };
}

async function close(
  { options }: RunState,
  { run, step }: LogDetails,
  pieces: readonly Piece[],
  ms: number,
): Promise<void> {
  const { connection, dialect, versionTable } = options;
  const log = dialect.bookkeeping.updateLog(versionTable, run, {
    success: true,
    ms,
    progress: progress(pieces, pieces.length, pieces.length),
  });
  await connection.begin({ suspendForeignKeys: false });
  for (const statement of bookkeeping(dialect, versionTable, step, log)) await connection.send(statement);
  await connection.commit();
}

async function update({ options }: RunState, { run }: LogDetails, change: LogChange): Promise<void> {
  const { connection, dialect, versionTable } = options;
  await connection.send({ sql: dialect.bookkeeping.updateLog(versionTable, run, change), from: null });
  await connection.flush();
}

function elapsed(since: number): number {
  return Math.round(performance.now() - since);
}
