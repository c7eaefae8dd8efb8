/** A run that is one transaction: all of its revisions, or none. */
import { failed, type Stage } from "./failure.ts";
import { headsAfter, type RunState } from "./run-state.ts";
import type { PreparedStep } from "./target.ts";
import { begin, begun, perform, suspendsForeignKeys } from "./transaction.ts";

/** Begin the transaction of `steps`. */
export async function beginTogether(
  state: RunState,
  steps: readonly PreparedStep[],
): Promise<void> {
  await begin(state, suspendsForeignKeys(state, steps));
}

/** Run one revision of it. Gives the milliseconds it took. */
export async function applyTogether(state: RunState, step: PreparedStep): Promise<number> {
  const started = performance.now();
  state.last = begun(state, step);
  await orNothing(state, "script", async (details) => {
    await perform(state, details);
    await state.options.connection.flush();
  });
  state.heads = headsAfter(state.heads, step);
  return performance.now() - started;
}

/** Commit it. What is checked only now may still undo everything. */
export async function commitTogether(state: RunState): Promise<void> {
  await orNothing(state, "commit", () => state.options.connection.commit());
}

/** The log names the revision that ran last: at the end of the run nobody knows whose the fault is. */
async function orNothing(
  state: RunState,
  stage: Stage,
  work: (details: NonNullable<RunState["last"]>) => Promise<void>,
): Promise<void> {
  const { last } = state;
  if (last === null) return;
  const started = performance.now();
  try {
    await work(last);
  } catch (failure) {
    await state.options.connection.rollback();
    throw await failed(state, last, failure, { stage, ms: performance.now() - started });
  }
}
