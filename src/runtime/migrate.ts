/** The one loop: steps, in order, on a target. */

import type { LogRow } from "../dialects/dialect.ts";
import type { Step } from "../revisions/path.ts";
import type { Revision } from "../revisions/revision.ts";
import type { RevisionScript } from "./script-file.ts";
import { HeadsMoved, type PreparedStep, type Target } from "./target.ts";

/** What a run needs: a way from the current heads, and a way to read a step's script. */
export interface Run {
  /** The steps from `heads`, with what `unfinished` runs left half done. Asked again when another run moved the heads meanwhile. */
  plan(
    heads: readonly string[],
    unfinished: readonly LogRow[],
  ): readonly Step[] | Promise<readonly Step[]>;
  read(step: Step): Promise<RevisionScript>;
  readonly target: Target;
  readonly events: RunEvents;
}

export interface RunEvents {
  /** Every script is read, and nothing has been run yet. Not called when there is nothing to do. */
  planned?(steps: readonly Step[]): void | Promise<void>;
  begun?(step: Step, position: Position): void | Promise<void>;
  /** A run that is one transaction commits only at its end. */
  done?(step: Step, ms: number, position: Position): void | Promise<void>;
  failed?(step: Step): void;
  /** Everything is committed. Called where `planned` was. */
  finished?(): void | Promise<void>;
}

/** The place of a step in the run, from 0. */
export interface Position {
  readonly index: number;
  readonly count: number;
}

export interface StepOutcome {
  readonly direction: "up" | "down";
  readonly revision: Revision;
  readonly ms: number;
}

/** Run the steps. Every script is read and checked before the first statement is sent. */
export async function migrate(run: Run): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  let isPlanned = false;
  let heads = await run.target.open();
  for (let first = true; ; first = false) {
    const steps = await prepare(run, heads);
    // The backup is of the database as it was before this command.
    if (first && steps.length > 0) {
      await run.events.planned?.(steps);
      isPlanned = true;
    }
    try {
      if (steps.length > 0) await run.target.prepare(steps);
      await runSteps(run, steps, outcomes);
      await run.target.finish();
      if (isPlanned) await run.events.finished?.();
      return outcomes;
    } catch (failure) {
      if (!(failure instanceof HeadsMoved)) throw failure;
      heads = failure.found;
    }
  }
}

async function prepare(run: Run, heads: readonly string[]): Promise<readonly PreparedStep[]> {
  const prepared: PreparedStep[] = [];
  for (const step of await run.plan(heads, run.target.unfinished()))
    prepared.push({ ...step, script: await run.read(step) });
  return prepared;
}

async function runSteps(
  { target, events }: Run,
  steps: readonly PreparedStep[],
  outcomes: StepOutcome[],
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const position = { index, count: steps.length };
    await events.begun?.(step, position);
    const ms = await target.apply(step).catch((failure: unknown) => {
      events.failed?.(step);
      throw failure;
    });
    outcomes.push({ direction: step.direction, revision: step.revision, ms });
    await events.done?.(step, ms, position);
  }
}
