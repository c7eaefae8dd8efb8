/** Marking a database as being at a revision, without running anything. */
import { randomUUID } from "node:crypto";
import type { Connection, Dialect, VersionTable } from "../dialects/dialect.ts";
import type { Revision } from "../revisions/revision.ts";
import type { StampPlan } from "../revisions/stamp.ts";
import { asking, orUntouched } from "./asking.ts";
import type { RunInfo } from "./carry-out.ts";
import { checksumOf } from "./checksum.ts";
import type { Numbering } from "./log-entry.ts";

export interface StampTarget {
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  readonly info: Omit<RunInfo, "batch">;
}

/** The statements of a stamp: the rows of the version table, and a row of the log for each revision. */
export function stampStatements(
  { dialect, versionTable, info }: StampTarget,
  plan: StampPlan,
  numbering: Numbering,
  startedAt: string,
): readonly string[] {
  const { create, moveHeads, log } = dialect.bookkeeping;
  // Of a stamp that leaves nothing the log has to know, too: what it says from before counts no longer.
  const left = plan.revisions.length > 0 || plan.removes.length === 0;
  const entries = left ? plan.revisions.map(stampEntry) : [baseEntry];
  const rows = entries.map((entry) =>
    log(versionTable, {
      ...entry,
      run: numbering.run(),
      batch: numbering.batch,
      startedAt,
      ...info,
    }),
  );
  return [...create(versionTable), ...moveHeads(versionTable, plan.removes, plan.adds), ...rows];
}

const stamped = {
  direction: "stamp",
  success: true,
  ms: 0,
  error: null,
  progress: null,
} as const;

/** What the log calls a stamp that leaves no revision. */
export const baseStamp = "base";

const baseEntry = { ...stamped, revision: baseStamp, message: "", file: "", checksum: "" };

function stampEntry(revision: Revision) {
  const { id, message, file } = revision;
  return { ...stamped, revision: id, message, file, checksum: checksumOf(revision) };
}

/** Stamp a database, under the lock and in one transaction. `plan` is asked with the heads as they are by then. */
export async function stampDatabase(
  target: StampTarget & { readonly connection: Connection },
  plan: (heads: readonly string[]) => StampPlan,
  waiting: (holder: string) => void,
): Promise<StampPlan> {
  const { connection } = target;
  const state = await orUntouched("nothing was changed", () => connection.enter(waiting));
  // What cannot be is refused before the first write, which would make the file of a database that is not there yet.
  plan(state.heads ?? []);
  try {
    const heads = await orUntouched("nothing was changed", () =>
      asking(connection, () => connection.begin({ suspendForeignKeys: false })),
    );
    const planned = plan(heads);
    const startedAt = new Date().toISOString();
    const numbering = { batch: state.lastBatch + 1, run: randomUUID };
    const statements = stampStatements(target, planned, numbering, startedAt);
    await asking(connection, async () => {
      for (const sql of statements) await connection.send({ sql, from: null });
      await connection.commit();
    });
    return planned;
  } catch (failure) {
    await connection.rollback();
    throw failure;
  }
}
