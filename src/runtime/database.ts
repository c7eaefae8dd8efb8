/** The target that executes: revisions run on a database, each in a transaction, or all in one. */
import { fail } from "../errors.ts";
import { asking, orUntouched } from "./asking.ts";
import { sinceStamp } from "./ledger.ts";
import { refuseTooManyLocks } from "./locks.ts";
import type { DatabaseOptions } from "./options.ts";
import { goesPiecewise, refusePieces } from "./pieces.ts";
import { applyPiecewise } from "./piecewise.ts";
import { learn, type RunState, shown } from "./run-state.ts";
import { baseStamp } from "./stamp.ts";
import type { Target } from "./target.ts";
import { applyTogether, beginTogether, commitTogether } from "./together.ts";
import { applyAlone, writeOwn } from "./transaction.ts";
import { goOn } from "./turn.ts";

/** A target that executes on a database. */
export function databaseTarget(options: DatabaseOptions): Target {
  const { connection, dialect, notes } = options;
  const state: RunState = {
    options,
    heads: [],
    database: { heads: null, hasLog: false, lastBatch: 0, unfinished: [] },
    own: new Map(),
    last: null,
  };
  const together = options.transaction === "all";
  return {
    async open() {
      await orUntouched("nothing was run", async () => {
        learn(state, await connection.enter(notes.waiting));
        await refuseLostTable(state);
      });
      return state.heads;
    },
    unfinished: () => state.database.unfinished,
    async prepare(steps) {
      if (together) refusePieces(dialect, steps);
      refuseTooManyLocks(state, steps);
      writeOwn(state, steps);
      await orUntouched("nothing was run", () => createTables(state));
      if (together) await beginTogether(state, steps);
    },
    async apply(step) {
      if (together) return applyTogether(state, step);
      await betweenRevisions(state);
      return goesPiecewise(dialect, step) ? applyPiecewise(state, step) : applyAlone(state, step);
    },
    async finish() {
      if (together) await commitTogether(state);
    },
  };
}

/** Without its heads a database would be taken for an empty one, and everything would run again. */
async function refuseLostTable({ options, database }: RunState): Promise<void> {
  const { heads, lastBatch } = database;
  if ((heads !== null && heads.length > 0) || lastBatch === 0) return;
  const applied = [...sinceStamp(await options.connection.log()).values()]
    .flatMap((entry) => entry.applied ?? [])
    .filter(({ revision }) => revision !== baseStamp);
  const last = applied.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).at(-1);
  if (last === undefined) return;
  const how = heads === null ? "missing" : "empty";
  fail("VERSION_TABLE_LOST", { how, last: last.revision });
}

/** The place to stop at: what ran is committed, and nothing has begun. */
async function betweenRevisions({ options, heads }: RunState): Promise<void> {
  const stand = `no revision was running; the database is at ${shown(heads)}`;
  await orUntouched(stand, () => goOn(options.signal));
}

/** mig's own tables come first and stay, so that a failure can be logged. */
async function createTables({ options, database }: RunState): Promise<void> {
  if (database.heads !== null && database.hasLog) return;
  const { connection, dialect, versionTable } = options;
  await asking(connection, async () => {
    await connection.begin({ suspendForeignKeys: false });
    for (const sql of dialect.bookkeeping.create(versionTable)) {
      await connection.send({ sql, from: null });
    }
    await connection.commit();
  });
}
