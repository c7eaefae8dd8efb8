/** Runs of a history in this process: what dies is the session with the database, and nothing else has to start again. */
import { join } from "node:path";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createLoader } from "../../src/load/loader.ts";
import { loadRevisions } from "../../src/revisions/directory.ts";
import { RevisionGraph } from "../../src/revisions/graph.ts";
import { downgradePath, upgradePath } from "../../src/revisions/path.ts";
import { explained } from "../../src/runtime/asking.ts";
import { databaseTarget } from "../../src/runtime/database.ts";
import { refuseHalfApplied, upgradeFrom } from "../../src/runtime/half-done.ts";
import { migrate } from "../../src/runtime/migrate.ts";
import { readScript } from "../../src/runtime/script-file.ts";

const repository = join(import.meta.dirname, "../..");

export const dialects = { sqlite, postgresql } as const;
export type Direction = "up" | "down";

export interface InProcess {
  /** Up to the head, or down to `base`. */
  run(dialect: Dialect, url: string, direction: Direction): Promise<void>;
}

/** The history in `folder`; the example's own where none is given. */
export function historyIn(root = repository, base = "base"): InProcess {
  const builtins = { "drizzle-mig": () => import("../../src/index.ts") };
  const loader = createLoader({ root, builtins });
  const graph = new RevisionGraph(loadRevisions([join(root, "versions")], root));
  return {
    async run(dialect, url, direction) {
      const reader = { dialect, loader, root, args: {}, stripTransactions: false };
      const timeouts = { runLock: 20_000, lock: 5_000, statement: 0 };
      const versionTable = { name: "mig_version" };
      const target = { url, root: repository, versionTable, readOnly: false, timeouts };
      const connection = explained(await dialect.connect(target));
      const info = { who: "a test", toolVersion: "0.0.0", environment: "test" };
      const notes = { waiting: () => {}, retrying: () => {} };
      const each = { transaction: "each", info, notes, runLock: timeouts.runLock } as const;
      try {
        await migrate({
          plan(heads, unfinished) {
            const stand = { heads, unfinished };
            if (direction === "up")
              return upgradeFrom(graph, stand, (from) => upgradePath(graph, from, ["head"]));
            refuseHalfApplied(stand);
            return downgradePath(graph, heads, base);
          },
          read: (step) => readScript(reader, step.revision, step.direction),
          target: databaseTarget({ connection, dialect, root, versionTable, ...each }),
          events: {},
        });
      } finally {
        await connection.close();
      }
    },
  };
}
