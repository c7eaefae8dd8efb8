/** A history put to the test in a database of its own: each revision up, down, and up again. */
import type { Connection } from "../../dialects/dialect.ts";
import { MigError } from "../../errors.ts";
import { upgradePath } from "../../revisions/path.ts";
import { explained } from "../asking.ts";
import { databaseTarget } from "../database.ts";
import { readScript } from "../script-file.ts";
import type { PreparedStep } from "../target.ts";
import { type DialectReport, failure } from "./finding.ts";
import { look } from "./moment.ts";
import { prepare } from "./prepare.ts";
import { testRevision } from "./test-revision.ts";
import type { Trial, TrialOptions } from "./trial.ts";

/**
 * Test the history on one database. `atHeads` is done where all revisions ran, with the database at the heads. Throws what
 * keeps the database from being made, SCRATCH_PREPARE_FAILED, and NO_SUCH_REVISION for what is to be skipped.
 */
export async function testOn(
  options: TrialOptions,
  atHeads: (trial: Trial) => Promise<void>,
): Promise<DialectReport> {
  const { dialect, graph } = options;
  for (const id of options.skip) graph.get(id);
  const connection = explained(await dialect.throwAway(options));
  try {
    const trial = trialOn(options, connection);
    await prepare(trial);
    const steps = await read(trial);
    const revisions = steps === null ? 0 : await testAll(trial, steps);
    if (steps !== null && revisions === steps.length) await atHeads(trial);
    const { findings, notes } = trial;
    return { dialect: dialect.name, revisions, findings, notes: [...notes] };
  } finally {
    await connection.close();
  }
}

function trialOn(options: TrialOptions, connection: Connection): Trial {
  const quiet = { waiting: () => {}, retrying: () => {} };
  const target = databaseTarget({
    ...options,
    connection,
    transaction: "each",
    runLock: 0,
    notes: quiet,
  });
  return { options, connection, target, findings: [], notes: new Set() };
}

/** The steps of the whole history with their scripts; null where one cannot be read. */
async function read({ options, findings }: Trial): Promise<readonly PreparedStep[] | null> {
  const { graph, scripts, skip } = options;
  const prepared: PreparedStep[] = [];
  for (const step of graph.all.length === 0 ? [] : upgradePath(graph, [], ["heads"])) {
    const { revision } = step;
    try {
      const script = skip.includes(revision.id)
        ? { operations: [], checksum: "" }
        : await readScript(scripts, revision, "up");
      prepared.push({ ...step, script });
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
