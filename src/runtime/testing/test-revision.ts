/** One revision: up, down, up again, with rows in the tables. */
import { MigError } from "../../errors.ts";
import { readScript } from "../script-file.ts";
import type { PreparedStep } from "../target.ts";
import { type Finding, failure } from "./finding.ts";
import { look, lostRows, type Moment, otherwise } from "./moment.ts";
import { clear, fill } from "./rows.ts";
import type { Trial } from "./trial.ts";

/** The database after `step`, with rows in it; null where it cannot go on from there. */
export async function testRevision(
  trial: Trial,
  step: PreparedStep,
  start: Moment,
): Promise<Moment | null> {
  const { options } = trial;
  if (options.skip.includes(step.revision.id)) {
    await trial.target.apply(step);
    return look(trial);
  }
  const before = await goUp(trial, step, start);
  if (before === null) return null;
  const after = await look(trial);
  reportLoss(trial, step, "up", lostRows(before, after, { countOnly: hasOwnSql(step) }));
  const down = await readDown(trial, step);
  if (down === null) return fill(trial, after);
  if (!(await run(trial, down))) return null;
  return goAgain(trial, { step, down }, { before, after });
}

/** What was there before, or null where it does not go up. Made-up rows that are in the way are taken away. */
async function goUp(trial: Trial, step: PreparedStep, before: Moment): Promise<Moment | null> {
  const wrong = await attempt(trial, step);
  if (wrong === null) return before;
  const hasRows = [...before.rows.values()].some((rows) => rows.length > 0);
  if (hasRows) {
    await clear(trial, before);
    if ((await attempt(trial, step)) === null) {
      tellOfRows(trial, wrong);
      return { ...before, rows: new Map() };
    }
  }
  trial.findings.push(wrong);
  return null;
}

/** Made-up rows hold no NULL, so NULLs that are in the way are the revision's; else the rows may be at fault. */
function tellOfRows({ findings, notes }: Trial, wrong: Finding): void {
  const { revision, message } = wrong;
  if (/\bnull\b/i.test(message)) {
    const help = "give the column a default, or fill it in before it has to have a value";
    findings.push({ ...wrong, kind: "rows", message: `where tables have rows, ${message}`, help });
  } else
    notes.add(`revision ${revision} was tested on empty tables: with made-up rows, ${message}`);
}

async function attempt({ target }: Trial, step: PreparedStep): Promise<Finding | null> {
  try {
    await target.apply(step);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof MigError)) throw thrown;
    return failure(step.revision.id, step.direction, thrown);
  }
}

async function run(trial: Trial, step: PreparedStep): Promise<boolean> {
  const wrong = await attempt(trial, step);
  if (wrong !== null) trial.findings.push(wrong);
  return wrong === null;
}

/** The way back, or null where there is none. */
async function readDown(trial: Trial, step: PreparedStep): Promise<PreparedStep | null> {
  const { revision, removes, adds } = step;
  try {
    const script = await readScript(trial.options.scripts, revision, "down");
    return { direction: "down", revision, removes: adds, adds: removes, script };
  } catch (thrown) {
    if (!(thrown instanceof MigError)) throw thrown;
    trial.findings.push(failure(revision.id, "down", thrown));
    return null;
  }
}

interface Ways {
  readonly step: PreparedStep;
  readonly down: PreparedStep;
}

async function goAgain(
  trial: Trial,
  { step, down }: Ways,
  { before, after }: { readonly before: Moment; readonly after: Moment },
): Promise<Moment | null> {
  const back = await look(trial);
  await reportSchema(trial, down, [before, back]);
  const countOnly = hasOwnSql(step) || hasOwnSql(down);
  reportLoss(trial, step, "down", lostRows(before, back, { between: after, countOnly }));
  if (!(await run(trial, step))) return null;
  const again = await look(trial);
  await reportSchema(trial, step, [after, again]);
  return fill(trial, again);
}

/** What people wrote may well change values, and take rows away. */
export function hasOwnSql({ script }: PreparedStep): boolean {
  return script.operations.some(({ operation: { kind } }) => kind === "execute" || kind === "run");
}

async function reportSchema(
  trial: Trial,
  { revision, direction }: PreparedStep,
  [expected, found]: readonly [Moment, Moment],
): Promise<void> {
  const differences = await otherwise(trial, expected, found);
  if (differences.length === 0) return;
  const message =
    direction === "down"
      ? `after its downgrade the schema is not what it was before revision ${revision.id}`
      : `a second upgrade to revision ${revision.id} leads to another schema than the first`;
  trial.findings.push({
    kind: "schema",
    revision: revision.id,
    direction,
    message,
    differences,
    location: revision.file,
  });
}

function reportLoss(
  { findings, notes }: Trial,
  step: PreparedStep,
  direction: "up" | "down",
  differences: readonly string[],
): void {
  if (differences.length === 0) return;
  const { id, file } = step.revision;
  const word = direction === "up" ? "upgrade" : "downgrade";
  // To take rows away may be what a revision is for.
  if (direction === "up" && hasOwnSql(step)) {
    notes.add(`the upgrade of revision ${id} takes rows away: ${differences.join(", ")}`);
    return;
  }
  const message = `the ${word} of revision ${id} loses rows`;
  findings.push({ kind: "rows", revision: id, direction, message, differences, location: file });
}
