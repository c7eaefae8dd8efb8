/** A history put to the test in a database of its own: each revision up, down, and up again. */
import { MigError } from "../../errors.ts";
import { upgradePath } from "../../revisions/path.ts";
import { inScratch, readUnlessSkipped, scratchTarget } from "../replay.ts";
import type { PreparedStep } from "../target.ts";
import { testCrashes } from "./crash.ts";
import { type DialectReport, failure } from "./finding.ts";
import { look } from "./moment.ts";
import { testRevision } from "./test-revision.ts";
import type { Trial, TrialOptions } from "./trial.ts";

/** What is tested besides the way up, down and up again. */
export interface TestWishes {
  /** Done where all revisions ran, with the database at the heads. */
  readonly atHeads: (trial: Trial) => Promise<void>;
  /** Kill the upgrade behind each statement of what ran. */
  readonly crash: boolean;
}

/**
 * Test the history on one database. Throws what keeps the database from being made, SCRATCH_PREPARE_FAILED, and
 * NO_SUCH_REVISION for what is to be skipped.
 */
export async function testOn(
  options: TrialOptions,
  { atHeads, crash }: TestWishes,
): Promise<DialectReport> {
  const { ran, report } = await upAndDown(options, atHeads);
  if (!crash) return report;
  const { kills, findings, notes } = await testCrashes(options, ran);
  return {
    ...report,
    kills,
    findings: [...report.findings, ...findings],
    notes: [...report.notes, ...notes],
  };
}

function upAndDown(
  options: TrialOptions,
  atHeads: TestWishes["atHeads"],
): Promise<{ readonly ran: readonly PreparedStep[]; readonly report: DialectReport }> {
  return inScratch(options, async (connection) => {
    const target = scratchTarget(options, connection);
    const trial: Trial = { options, connection, target, findings: [], notes: new Set() };
    const steps = await read(trial);
    const revisions = steps === null ? 0 : await testAll(trial, steps);
    if (steps !== null && revisions === steps.length) await atHeads(trial);
    const { findings, notes } = trial;
    const report = { dialect: options.dialect.name, revisions, findings, notes: [...notes] };
    return { ran: (steps ?? []).slice(0, revisions), report };
  });
}

/** The steps of the whole history with their scripts; null where one cannot be read. */
async function read({ options, findings }: Trial): Promise<readonly PreparedStep[] | null> {
  const { graph } = options;
  const prepared: PreparedStep[] = [];
  for (const step of graph.all.length === 0 ? [] : upgradePath(graph, [], ["heads"])) {
    const { revision } = step;
    try {
      prepared.push({ ...step, script: await readUnlessSkipped(options, revision) });
    } catch (thrown) {
      if (!(thrown instanceof MigError)) throw thrown;
      findings.push(failure(revision.id, "up", thrown));
      return null;
    }
  }
  return prepared;
}

/** Gives how many ran. */
async function testAll(trial: Trial, steps: readonly PreparedStep[]): Promise<number> {
  await trial.target.open();
  await trial.target.prepare(steps);
  let moment = await look(trial);
  for (const [done, step] of steps.entries()) {
    const next = await testRevision(trial, step, moment);
    if (next === null) return done;
    moment = next;
  }
  return steps.length;
}
