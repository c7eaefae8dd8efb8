/**
 * The upgrade killed behind each of its statements, and gone on with: a kill leaves the database as it was before the
 * revision, or a revision without a transaction half-way, and the next upgrade ends as one that nothing stopped.
 */
import { keyOf } from "../../autogenerate/compare/pair.ts";
import type { Connection, Killable } from "../../dialects/dialect.ts";
import { MigError } from "../../errors.ts";
import { displayName } from "../../model/schema.ts";
import { upgradePath } from "../../revisions/path.ts";
import { explained } from "../asking.ts";
import { migrate } from "../migrate.ts";
import { prepare, readUnlessSkipped, scratchTarget } from "../replay.ts";
import type { PreparedStep } from "../target.ts";
import type { Finding } from "./finding.ts";
import { look, lostRows, type Moment, otherwise } from "./moment.ts";
import { type Death, mortal } from "./mortal.ts";
import { clear, fill } from "./rows.ts";
import { isLoggedOnce, type Stand, settle, standOf } from "./stand.ts";
import type { Trial, TrialOptions } from "./trial.ts";
import { type Course, lostIn, undisturbed } from "./undisturbed.ts";

export interface CrashReport {
  /** How often a run was killed. */
  readonly kills: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

interface Site {
  readonly options: TrialOptions;
  readonly ground: Killable;
  readonly courses: ReadonlyMap<string, Course>;
  readonly findings: Finding[];
  readonly notes: Set<string>;
  /** The session of now. */
  session: Connection;
  kills: number;
}

/** Kill the upgrade to each of `steps`, which all run where nothing stops them. It ends at the first that does not go on. */
export async function testCrashes(
  options: TrialOptions,
  steps: readonly PreparedStep[],
): Promise<CrashReport> {
  const courses = await undisturbed(options, steps);
  const ground = await options.dialect.killable(options);
  try {
    const session = explained(await ground.open());
    const found = { findings: [], notes: new Set<string>() };
    const site: Site = { options, ground, courses, ...found, session, kills: 0 };
    await prepare(options, session);
    let moment: Moment | null = await look(trialOf(site));
    for (const step of steps) moment &&= await killAtEach(site, step, moment);
    return { kills: site.kills, findings: site.findings, notes: [...site.notes] };
  } finally {
    await ground.close();
  }
}

/** What is known while a revision is killed again and again. */
interface Siege {
  readonly step: PreparedStep;
  readonly before: Moment;
  /** How many statements the next run lives. */
  life: number;
  /** How far it came by now. */
  furthest: number;
  /** Behind which it was killed last. */
  behind: string;
  /** What was logged as begun ran by then. */
  tookEffect: boolean;
}

/** The database behind `step`, with rows in it; null where something was found. */
async function killAtEach(site: Site, step: PreparedStep, start: Moment): Promise<Moment | null> {
  const emptied = site.courses.get(step.revision.id)?.emptied ?? false;
  if (emptied) await clear(trialOf(site), start);
  const before = emptied ? { ...start, rows: new Map() } : start;
  const { distance: furthest } = await standOf(site.session, site.options, step);
  const siege: Siege = { step, before, life: 1, furthest, behind: "", tookEffect: false };
  for (;;) {
    const outcome = await attempt(site, siege);
    if (outcome.kind === "ended") return atEnd(site, siege);
    if (outcome.kind === "failed") {
      if (await settled(site, siege, outcome.why)) continue;
      return report(site, siege, `the next upgrade fails: ${outcome.why.message}`);
    }
    const stand = await standOf(site.session, site.options, step);
    if (stand.applied) return atEnd(site, siege);
    const left = stand.row === null ? await whatIsLeft(site, siege) : [];
    if (left.length > 0) return report(site, siege, "it leaves something behind", left);
    goOn(siege, stand, outcome.death.ran);
  }
}

type Outcome =
  | { readonly kind: "ended" }
  | { readonly kind: "killed"; readonly death: Death }
  | { readonly kind: "failed"; readonly why: MigError };

/** An upgrade to the revision that is killed when its life is over. */
async function attempt(site: Site, siege: Siege): Promise<Outcome> {
  const { options, ground } = site;
  const { id } = siege.step.revision;
  const { connection, death } = mortal(site.session, siege.life, () => ground.kill());
  const ended = migrate({
    plan: (heads) => upgradePath(options.graph, heads, [id]),
    // As another process reads it.
    read: ({ revision }) => readUnlessSkipped(options, revision),
    target: scratchTarget(options, explained(connection)),
    events: {},
  }).then(
    (): Outcome => ({ kind: "ended" }),
    (why: unknown): Outcome => {
      if (why instanceof MigError) return { kind: "failed", why };
      throw why;
    },
  );
  const killed = death.then(async (how): Promise<Outcome> => {
    siege.behind = how.behind;
    site.kills += 1;
    site.session = explained(await ground.open());
    return { kind: "killed", death: how };
  });
  return Promise.race([ended, killed]);
}

/** From somewhere further on every statement is a new one. */
function goOn(siege: Siege, stand: Stand, ran: boolean): void {
  // What ran and is not logged yet is half a step.
  const distance = stand.distance + (ran ? 0.5 : 0);
  const isFurther = distance > siege.furthest;
  siege.life = isFurther ? 1 : siege.life + 1;
  siege.furthest = Math.max(distance, siege.furthest);
  siege.tookEffect = ran || (siege.tookEffect && !isFurther);
}

/** What a person is asked for is done, as far as it is known here: that is a note, and the next run goes on. */
async function settled(site: Site, siege: Siege, why: MigError): Promise<boolean> {
  if (why.code !== "RESUME_UNCLEAR") return false;
  const { statement = "", revision = "" } = why.context;
  site.notes.add(
    `revision ${revision} needs a person when it is killed while this runs, for there is no telling whether it took effect: ${statement.trim()}`,
  );
  if (siege.tookEffect) siege.life = 1;
  return settle(site.session, site.options, siege.step, siege.tookEffect);
}

async function whatIsLeft(site: Site, { before }: Siege): Promise<readonly string[]> {
  const now = await look(trialOf(site));
  return [
    ...(await otherwise(trialOf(site), before, now)),
    ...otherCounts(before, now),
    ...lostRows(before, now, { countOnly: false }),
  ];
}

/** The database behind the revision has to be that of a run which nothing stopped. */
async function atEnd(site: Site, siege: Siege): Promise<Moment | null> {
  const { step, before } = siege;
  const course = site.courses.get(step.revision.id);
  const trial = trialOf(site);
  const after = await look(trial);
  const wrong = [
    ...(course === undefined ? [] : await otherwise(trial, course.after, after)),
    ...(course === undefined ? [] : otherCounts(course.after, after)),
    ...lostIn(step, before, after).filter((line) => !course?.lost.includes(line)),
    ...((await isLoggedOnce(site.session, step)) ? [] : ["the log has it applied more than once"]),
  ];
  if (wrong.length === 0) return fill(trial, after);
  const what = "the next upgrade does not end where one ends that nothing stops";
  return report(site, siege, what, wrong);
}

function otherCounts(expected: Moment, found: Moment): readonly string[] {
  return expected.schema.tables.flatMap(({ name }) => {
    const key = keyOf(name);
    const [wanted, has] = [expected, found].map(({ rows }) => rows.get(key)?.length ?? 0);
    return wanted === has ? [] : [`rows of ${displayName(name)}: ${has} instead of ${wanted}`];
  });
}

function trialOf({ options, session }: Site): Trial {
  const target = scratchTarget(options, session);
  return { options, connection: session, target, findings: [], notes: new Set() };
}

function report(
  site: Site,
  { step, behind }: Siege,
  what: string,
  differences: readonly string[] = [],
): null {
  const { id, file } = step.revision;
  const message = `revision ${id} was killed behind a statement, and ${what}`;
  const place = { location: file, ...(behind !== "" && { statement: behind }) };
  const kind = { kind: "crash", revision: id, direction: "up" } as const;
  site.findings.push({ ...kind, message, differences, ...place });
  return null;
}
