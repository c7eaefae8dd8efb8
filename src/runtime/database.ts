/** The target that executes: revisions run on a database, each in a transaction, or all in one. */
import { asking, orUntouched } from "./asking.ts";
import { refuseTooManyLocks } from "./locks.ts";
import type { DatabaseOptions } from "./options.ts";
import { goesPiecewise, refusePieces } from "./pieces.ts";
import { applyPiecewise } from "./piecewise.ts";
import { learn, type RunState } from "./run-state.ts";
import type { Target } from "./target.ts";
import { applyTogether, beginTogether, commitTogether } from "./together.ts";
import { applyAlone } from "./transaction.ts";

/** A target that executes on a database. */
export function databaseTarget(options: DatabaseOptions): Target {
  const { connection, dialect, notes } = options;
  const state: RunState = {
    options,
    heads: [],
    database: { heads: null, hasLog: false, lastBatch: 0, unfinished: [] },
    last: null,
  };
  const together = options.transaction === "all";
  return {
    async open() {
      learn(state, await orUntouched("nothing was run", () => connection.enter(notes.waiting)));
      return state.heads;
    },
    async prepare(steps) {
      if (together) refusePieces(dialect, steps);
      refuseTooManyLocks(state, steps);
      await orUntouched("nothing was run", () => createTables(state));
      if (together) await beginTogether(state, steps);
    },
    apply(step) {
      if (together) return applyTogether(state, step);
      return goesPiecewise(dialect, step) ? applyPiecewise(state, step) : applyAlone(state, step);
    },
    async finish() {
      if (together) await commitTogether(state);
    },
  };
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
