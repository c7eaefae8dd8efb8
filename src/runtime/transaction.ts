/** A revision in a transaction of its own. */
import { asking } from "./asking.ts";
import { carryOut } from "./carry-out.ts";
import { failed, type Stage } from "./failure.ts";
import type { BegunDetails } from "./log-entry.ts";
import { type OwnStatements, ownStatements } from "./own-statements.ts";
import { retrying } from "./retry.ts";
import { batchOf, headsAfter, learn, type RunState } from "./run-state.ts";
import { HeadsMoved, type PreparedStep } from "./target.ts";
import { workSink } from "./work.ts";

/** Run a revision in a transaction, again when a lock or a conflict was in the way. Gives the milliseconds it took. */
export async function applyAlone(state: RunState, step: PreparedStep): Promise<number> {
  const details = begun(state, step);
  const started = performance.now();
  let stage: Stage = "begin";
  try {
    await retrying(state.options, async () => {
      stage = "begin";
      await begin(state, suspendsForeignKeys(state, [step]));
      stage = "script";
      await perform(state, details);
      stage = "commit";
      await state.options.connection.commit(headsAfter(state.heads, step));
    });
  } catch (failure) {
    if (failure instanceof HeadsMoved) throw failure;
    throw await failed(state, details, failure, { stage, ms: performance.now() - started });
  }
  state.heads = headsAfter(state.heads, step);
  return performance.now() - started;
}

/** What the log will say of a step that begins now. */
export function begun(state: RunState, step: PreparedStep): BegunDetails {
  const { run } = ownOf(state, step);
  return { run, startedAt: new Date(), step, batch: batchOf(state) };
}

/** Begin a transaction. Throws HeadsMoved when another run was faster. */
export async function begin(state: RunState, suspendForeignKeys: boolean): Promise<void> {
  const { connection } = state.options;
  const found = await connection.begin({ suspendForeignKeys });
  if (sameHeads(found, state.heads)) return;
  await connection.rollback();
  learn(state, await asking(connection, () => connection.state()));
  throw new HeadsMoved(state.heads);
}

function sameHeads(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((head) => other.includes(head));
}

/** Whether foreign keys have to be off while `steps` run. */
export function suspendsForeignKeys(
  { options }: RunState,
  steps: readonly PreparedStep[],
): boolean {
  return steps.some(({ script }) =>
    script.operations.some(({ operation }) => options.dialect.suspendsForeignKeys(operation)),
  );
}

/** Carry out a step with its bookkeeping, inside a transaction. */
export async function perform(state: RunState, { step, startedAt }: BegunDetails): Promise<void> {
  const { connection, dialect } = state.options;
  await carryOut(dialect, step.script.operations, workSink(state.options));
  for (const statement of ownOf(state, step).at(startedAt)) await connection.send(statement);
}

/** Write mig's own statements of `steps`. */
export function writeOwn(state: RunState, steps: readonly PreparedStep[]): void {
  state.own.clear();
  for (const step of steps) ownOf(state, step);
}

function ownOf(state: RunState, step: PreparedStep): OwnStatements {
  const own = state.own.get(step) ?? ownStatements(state.options, step, batchOf(state));
  state.own.set(step, own);
  return own;
}
