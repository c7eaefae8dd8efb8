/**
 * Ways back for revisions that have none: each is run in a scratch database, what it made of the schema is undone, and the
 * draft is tried there: down, compare, and up again. What does not come out is left out, with the reason.
 */
import { draftBack } from "../autogenerate/back.ts";
import { diff } from "../autogenerate/diff.ts";
import { renamesBack } from "../autogenerate/renames/written.ts";
import type { Drafted } from "../autogenerate/render/render.ts";
import type { Connection } from "../dialects/dialect.ts";
import type { Besides, ReflectScope } from "../dialects/reflection.ts";
import { MigError } from "../errors.ts";
import type { Schema } from "../model/schema.ts";
import { describe } from "../operations/describe.ts";
import type { Recorded } from "../operations/operation.ts";
import { type Step, upgradePath } from "../revisions/path.ts";
import type { Revision } from "../revisions/revision.ts";
import { besidesApart, besidesBack } from "./besides-back.ts";
import { inScratch, readUnlessSkipped, type ScratchOptions, scratchTarget } from "./replay.ts";
import { sqlScript } from "./script-file.ts";
import type { PreparedStep, Target } from "./target.ts";
import { sqlOfWayBack } from "./way-back-sql.ts";

/** A way back, or why there is none. */
export type WayBack =
  | {
      readonly kind: "drafted";
      readonly drafted: readonly Drafted[];
      /** What a reader has to know of all of it. */
      readonly remarks: readonly string[];
      /** It as SQL; null where only the operations say it, which are carried out on the tables as they are by then. */
      readonly sql: string | null;
      /** The statements of the way up. */
      readonly up: readonly string[];
    }
  | { readonly kind: "none"; readonly why: string };

export interface WaysBackOptions extends ScratchOptions {
  readonly scope: ReflectScope;
  /** The texts of the .sql revisions that need a way back, by their ids. They need not be written yet. */
  readonly wanted: ReadonlyMap<string, string>;
}

/**
 * A way back for each of `wanted`. Throws what keeps the scratch database from being made: PGLITE_MISSING, SCRATCH_UNUSABLE,
 * SCRATCH_PREPARE_FAILED.
 */
export async function draftWaysBack(
  options: WaysBackOptions,
): Promise<ReadonlyMap<string, WayBack>> {
  const ways = new Map<string, WayBack>();
  // A draft that cannot be mended by going up again ends the pass; the next one leaves it alone.
  for (let done = false; !done; ) {
    done = await inScratch(options, (connection) => pass({ options, ways, connection }));
  }
  return ways;
}

interface Work {
  readonly options: WaysBackOptions;
  readonly ways: Map<string, WayBack>;
  readonly connection: Connection;
}

/** Gives whether it came to the end. */
async function pass(work: Work): Promise<boolean> {
  const { options, ways, connection } = work;
  const target = scratchTarget(options, connection);
  await target.open();
  await target.prepare([]);
  let before = await look(work);
  for (const step of upgradePath(options.graph, [], ["heads"])) {
    const up = await attempt(work, target, step);
    if (typeof up === "string") {
      giveUp(work, step.revision, up);
      return true;
    }
    const after = await look(work);
    const { id } = step.revision;
    if (options.wanted.has(id) && !ways.has(id)) {
      const { way, isStuck } = await tryOut(work, target, up, { before, after });
      ways.set(id, way);
      if (isStuck) return false;
    }
    before = after;
  }
  return true;
}

/** All that comes behind a revision that does not run has no way back either. */
function giveUp({ options, ways }: Work, { id }: Revision, why: string): void {
  for (const wanted of options.wanted.keys()) {
    if (ways.has(wanted)) continue;
    const reason =
      wanted === id
        ? `it does not run in the scratch database: ${why}`
        : `it is behind ${id}, which does not run in the scratch database`;
    ways.set(wanted, { kind: "none", why: reason });
  }
}

/** The database as far as it is compared. */
interface Moment {
  readonly schema: Schema;
  readonly besides: readonly Besides[];
}

async function look({ options, connection }: Work): Promise<Moment> {
  const { dialect, scope } = options;
  const { schema } = await dialect.reflect(connection, scope);
  return { schema, besides: await dialect.besides(connection, scope) };
}

/** The step with its script once it ran, or what kept it from running. */
async function attempt(work: Work, target: Target, step: Step): Promise<PreparedStep | string> {
  try {
    const prepared = { ...step, script: await scriptOf(work, step.revision) };
    await target.apply(prepared);
    return prepared;
  } catch (thrown) {
    return whyOf(thrown);
  }
}

function whyOf(thrown: unknown): string {
  if (!(thrown instanceof MigError)) throw thrown;
  return thrown.message.replace(/^revision \w+ failed: /, "");
}

async function scriptOf({ options }: Work, revision: Revision): Promise<PreparedStep["script"]> {
  const text = options.wanted.get(revision.id);
  if (text === undefined || options.skip.includes(revision.id))
    return readUnlessSkipped(options, revision);
  return sqlScript(options.scripts, revision, "up", text);
}

interface Moments {
  readonly before: Moment;
  readonly after: Moment;
}

interface Tried {
  readonly way: WayBack;
  /** The database is neither before the revision nor after it. */
  readonly isStuck: boolean;
}

async function tryOut(
  work: Work,
  target: Target,
  up: PreparedStep,
  moments: Moments,
): Promise<Tried> {
  const none = (why: string, isStuck: boolean): Tried => ({ way: { kind: "none", why }, isStuck });
  const way = await draft(work, up, moments);
  const failed = await run(target, { ...downOf(up), script: scriptBack(work, way) });
  if (failed !== null) return none(`the draft does not run: ${failed}`, false);
  const left = differences(work, moments.before, await look(work));
  const again = await run(target, up);
  if (again !== null) return none(`once it is undone it does not run again: ${again}`, true);
  if (left.length === 0) return { way, isStuck: false };
  const isStuck = differences(work, moments.after, await look(work)).length > 0;
  return none(`the draft does not bring back all: ${left.join("; ")}`, isStuck);
}

async function draft({ options, connection }: Work, up: PreparedStep, { before, after }: Moments) {
  const statements = up.script.operations.flatMap(({ operation }) =>
    operation.kind === "execute" ? [operation.sql] : [],
  );
  const renamed = renamesBack(statements);
  const effect = { before: before.schema, after: after.schema, renamed };
  const { first, last } = besidesBack(before.besides, after.besides);
  const drafted = [...first, ...(await draftBack(effect, options.dialect.rules)), ...last];
  const remarks = remarksOn(statements);
  const sql = await sqlOfWayBack({ ...options, connection }, drafted, remarks);
  return { kind: "drafted", drafted, remarks, sql, up: statements } as const;
}

const changesRows = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b/i;

/** drizzle-kit copies rows into tables that it names so; that takes none away. */
const copiesRows = /^\s*INSERT\s+INTO\s+["`]?__new_/i;

function remarksOn(statements: readonly string[]): readonly string[] {
  const words = statements.flatMap((sql) => {
    const [, word] = changesRows.exec(sql) ?? [];
    return word === undefined || copiesRows.test(sql) ? [] : [word.toUpperCase()];
  });
  if (words.length === 0) return [];
  return [`what its ${[...new Set(words)].join(" and ")} did to rows is not undone`];
}

function downOf({ revision, removes, adds }: PreparedStep): Step {
  return { direction: "down", revision, removes: adds, adds: removes };
}

/** What will stand in the file is what is tried. */
function scriptBack({ options }: Work, way: Awaited<ReturnType<typeof draft>>) {
  const site = new Error("drafted here");
  const operations =
    way.sql === null
      ? way.drafted.map(({ operation }): Recorded => ({ operation, site }))
      : options.dialect
          .split(way.sql)
          .map(({ sql }): Recorded => ({ operation: { kind: "execute", sql }, site }));
  return { operations, checksum: "" };
}

async function run(target: Target, step: PreparedStep): Promise<string | null> {
  try {
    await target.apply(step);
    return null;
  } catch (thrown) {
    return whyOf(thrown);
  }
}

function differences({ options }: Work, one: Moment, other: Moment): readonly string[] {
  const { rules } = options.dialect;
  const { operations } = diff(other.schema, one.schema, { rules, made: () => true });
  return [...operations.map(describe), ...besidesApart(one.besides, other.besides)];
}
