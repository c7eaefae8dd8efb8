/** One piece of a revision without a transaction: logged, run, and run again where a lock was in the way. */
import { carryOut, type Sink, withSite } from "./carry-out.ts";
import { updateLog } from "./failure.ts";
import type { LogDetails } from "./log-entry.ts";
import { type Piece, progressOf } from "./pieces.ts";
import { retrying } from "./retry.ts";
import type { RunState } from "./run-state.ts";
import { workSink } from "./work.ts";

/** How far a revision came. */
export interface Walk {
  readonly details: LogDetails;
  readonly started: number;
  pieces: readonly Piece[];
  done: number;
  /** The piece that is at work; null between pieces. */
  running: Piece | null;
}

/** Run the piece of `walk` that is next. */
export async function runPiece(
  state: RunState,
  { details, pieces, done, running }: Walk,
): Promise<void> {
  if (running === null) return;
  const { connection, dialect } = state.options;
  const sink = workSink(state.options);
  if (running.kind === "transaction") {
    const { inside } = running;
    const suspendForeignKeys = inside.some((it) => dialect.suspendsForeignKeys(it.operation));
    return retrying(state.options, async () => {
      await connection.begin({ suspendForeignKeys });
      await carryOut(dialect, inside, sink);
      await updateLog(state, details, { progress: progressOf(pieces, done + 1, done + 1) });
      await connection.commit();
    });
  }
  await updateLog(state, details, { progress: progressOf(pieces, done, done + 1) });
  if (running.kind === "work") return sink.work(running.recorded, running.operation);
  await runStatement(state, running, sink);
}

async function runStatement(
  { options }: RunState,
  { statement, recorded }: Extract<Piece, { kind: "statement" }>,
  sink: Sink,
): Promise<void> {
  const { connection, dialect } = options;
  const { operation } = recorded;
  const refusesTransaction = dialect.refusesTransaction(operation) !== null;
  const attempt = async () => {
    // What an earlier attempt left half-way (an invalid index) is mended first.
    if (refusesTransaction) await connection.probe(statement);
    await withSite(recorded, () => sink.send(statement));
    await connection.flush();
  };
  // The SQL of a revision may call what commits by itself, and was then refused after a part of it took effect.
  const isWhole = refusesTransaction || operation.kind !== "execute";
  await (isWhole ? retrying(options, attempt) : attempt());
}
