/** One run at a time for a revision without a transaction. */
import type { LogRow } from "../dialects/dialect.ts";
import { pause } from "../dialects/interruption.ts";
import { formatDuration } from "../errors/words.ts";
import { fail } from "../errors.ts";
import { type LogDetails, logEntry } from "./log-entry.ts";
import type { RunState } from "./run-state.ts";
import { begin } from "./transaction.ts";
import { isAlive } from "./who.ts";

const pollEvery = 100;

/**
 * Log that this process runs the revision now, and give the last run of it that did not end, if there is one. Waits while
 * another process is at it: only a database without a lasting lock comes to that, and a process that is gone holds
 * nothing up.
 */
export async function claim(state: RunState, details: LogDetails): Promise<LogRow | undefined> {
  const { notes, runLock, signal } = state.options;
  const started = performance.now();
  for (let told = false; ; told = true) {
    const attempt = await tryClaim(state, details);
    if (attempt.other === null) return attempt.earlier;
    if (!told) notes.waiting(attempt.other.who);
    if (performance.now() - started > runLock) {
      const holder = `${attempt.other.who} runs revision ${attempt.other.revision}`;
      fail("LOCKED", { waited: formatDuration(runLock), holder });
    }
    await pause(pollEvery, signal);
  }
}

type Attempt =
  | { readonly other: LogRow }
  | { readonly other: null; readonly earlier: LogRow | undefined };

async function tryClaim(state: RunState, details: LogDetails): Promise<Attempt> {
  const { connection, dialect, versionTable, info } = state.options;
  await begin(state, false);
  const { unfinished } = await connection.state();
  const { revision, direction } = details.step;
  const earlier = unfinished.findLast(
    (row) => row.revision === revision.id && row.direction === direction,
  );
  if (
    earlier !== undefined &&
    earlier.success === null &&
    isAlive(earlier.who, new Date(earlier.startedAt))
  ) {
    await connection.rollback();
    return { other: earlier };
  }
  const progress = earlier?.progress ?? { done: 0, begun: 0, hash: "" };
  const outcome = { success: null, ms: null, error: null, progress };
  const sql = dialect.bookkeeping.log(versionTable, logEntry(details, info, outcome));
  await connection.send({ sql, from: null });
  await connection.commit();
  return { other: null, earlier };
}
