/**
 * The history replayed in a scratch engine: an empty database in this process, or on the server that the config names,
 * brought to given heads. What is there is the state of every database at these heads, as far as the history made it, and no
 * database of the project is asked. Revisions run as they do elsewhere, `op.run` too, but on tables without rows.
 */
import type { Connection, Dialect, VersionTable } from "../dialects/dialect.ts";
import { StatementError } from "../dialects/statement.ts";
import { error, fail, MigError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import { upgradePath } from "../revisions/path.ts";
import type { Revision } from "../revisions/revision.ts";
import { explained } from "./asking.ts";
import type { RunInfo } from "./carry-out.ts";
import { databaseTarget } from "./database.ts";
import { migrate } from "./migrate.ts";
import { replayTarget } from "./replay-target.ts";
import { type RevisionScript, readScript, type ScriptReader } from "./script-file.ts";
import type { Target } from "./target.ts";

/** What a history needs to be run in a scratch database. */
export interface ScratchOptions {
  readonly dialect: Dialect;
  readonly graph: RevisionGraph;
  readonly scripts: ScriptReader;
  readonly versionTable: VersionTable;
  readonly root: string;
  readonly info: Omit<RunInfo, "batch">;
  /** The server to make a database on; in this process when absent. */
  readonly server?: string;
  /** Revisions that are not run and count as applied. */
  readonly skip: readonly string[];
  /** SQL that is run first. */
  readonly prepare: string;
}

/**
 * Replay the history up to `targets` (ids, `heads`; none for an empty database), and do `work` with a connection to what
 * came of it: `reflect` tells the schema, `state` the heads. The database is gone afterwards.
 *
 * Throws REPLAY_FAILED for a revision that does not run there, what reading a script throws, NO_SUCH_REVISION for what is to
 * be skipped, SCRATCH_PREPARE_FAILED, and what keeps the database from being made: PGLITE_MISSING, SCRATCH_UNUSABLE.
 */
export async function replay<Result>(
  options: ScratchOptions,
  targets: readonly string[],
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  return inScratch(options, async (connection) => {
    await climb(options, targets, telling(options, replayTarget(options, connection)));
    return work(connection);
  });
}

/** Run what `targets` need and the database of `target` does not have. A revision fails as it does elsewhere. */
export async function climb(
  options: ScratchOptions,
  targets: readonly string[],
  target: Target,
): Promise<void> {
  const { graph } = options;
  await migrate({
    plan: (heads) => (graph.all.length === 0 ? [] : upgradePath(graph, heads, targets)),
    read: ({ revision }) => readUnlessSkipped(options, revision),
    target,
    events: {},
  });
}

/** Do `work` with an empty database that is prepared as the config wants. Throws as `replay` does. */
export async function inScratch<Result>(
  options: ScratchOptions,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  for (const id of options.skip)
    if (options.graph.find(id) === undefined) fail("SCRATCH_SKIP", { revision: id });
  const connection = explained(await options.dialect.throwAway(options));
  try {
    await prepare(options, connection);
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Where the revisions go with all that is done elsewhere. Nobody else is there to be waited for. */
export function scratchTarget(options: ScratchOptions, connection: Connection): Target {
  const notes = { waiting: () => {}, retrying: () => {} };
  return databaseTarget({ ...options, connection, transaction: "each", runLock: 0, notes });
}

/** The script of `revision`; one without operations where it is skipped. */
export async function readUnlessSkipped(
  { scripts, skip }: ScratchOptions,
  revision: Revision,
): Promise<RevisionScript> {
  if (skip.includes(revision.id)) return { operations: [], checksum: "" };
  return readScript(scripts, revision, "up");
}

/** `target`, whose failures are told as those of a replay: the state that they would speak of is of no database that lasts. */
function telling({ dialect }: ScratchOptions, target: Target): Target {
  return {
    ...target,
    async apply(step) {
      try {
        return await target.apply(step);
      } catch (thrown) {
        if (!(thrown instanceof MigError)) throw thrown;
        const { message, context } = thrown;
        const state = "it was an empty database to try things on; none of yours was touched";
        const detail = { dialect: dialect.name, revision: step.revision.id, why: message };
        throw error("REPLAY_FAILED", detail, { ...context, state });
      }
    },
  };
}

/** Run the SQL that the config wants before the first revision. */
export async function prepare(options: ScratchOptions, connection: Connection): Promise<void> {
  for (const { sql } of options.dialect.split(options.prepare)) {
    try {
      await connection.run(sql);
    } catch (thrown) {
      const cause = thrown instanceof StatementError ? thrown.cause : thrown;
      const { why } = connection.explain(cause);
      fail("SCRATCH_PREPARE_FAILED", { dialect: options.dialect.name, why }, { statement: sql });
    }
  }
}
