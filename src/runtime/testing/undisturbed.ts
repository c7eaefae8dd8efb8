/** The history run without a stop, for runs that are killed to be held against. */
import { MigError } from "../../errors.ts";
import { inScratch, scratchTarget } from "../replay.ts";
import type { PreparedStep } from "../target.ts";
import { look, lostRows, type Moment } from "./moment.ts";
import { clear, fill } from "./rows.ts";
import { hasOwnSql } from "./test-revision.ts";
import type { Trial, TrialOptions } from "./trial.ts";

/** What a revision does when nothing stops it. */
export interface Course {
  /** Made-up rows were in its way, and taken away before. */
  readonly emptied: boolean;
  readonly after: Moment;
  readonly lost: readonly string[];
}

/** The course of each revision. Throws what keeps one from running. */
export function undisturbed(
  options: TrialOptions,
  steps: readonly PreparedStep[],
): Promise<ReadonlyMap<string, Course>> {
  return inScratch(options, async (connection) => {
    const target = scratchTarget(options, connection);
    const trial: Trial = { options, connection, target, findings: [], notes: new Set() };
    const courses = new Map<string, Course>();
    await target.open();
    await target.prepare(steps);
    let before = await look(trial);
    for (const step of steps) {
      const emptied = await run(trial, step, before);
      const after = await look(trial);
      courses.set(step.revision.id, { emptied, after, lost: lostIn(step, before, after) });
      before = await fill(trial, after);
    }
    return courses;
  });
}

/** The rows that a revision takes away, a line for each table. */
export function lostIn(step: PreparedStep, before: Moment, after: Moment): readonly string[] {
  return lostRows(before, after, { countOnly: hasOwnSql(step) });
}

/** True where rows had to be taken away first. */
async function run(trial: Trial, step: PreparedStep, before: Moment): Promise<boolean> {
  try {
    await trial.target.apply(step);
    return false;
  } catch (thrown) {
    if (!(thrown instanceof MigError)) throw thrown;
    await clear(trial, before);
    await trial.target.apply(step);
    return true;
  }
}
