/** Marking a database as another tool left it: the heads, and the runs that the other tool remembers. */
import { hash } from "node:crypto";
import type { Connection, LogEntry } from "../dialects/dialect.ts";
import { headsOf, readApplied } from "../revisions/applied.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import { asking, orUntouched } from "./asking.ts";
import type { StampTarget } from "./stamp.ts";

/** A run of before, in the words of the log. */
export type EarlierRun = Omit<LogEntry, "run" | "who" | "toolVersion" | "environment" | "batch"> & {
  readonly batch: number;
  /** What tells it from other runs of the same revision. */
  readonly told?: string;
};

/** What to make of the database. */
export interface Adopted {
  /** The history with the adopted revisions in it. */
  readonly graph: RevisionGraph;
  readonly applied: ReadonlySet<string>;
  /** Oldest first. */
  readonly runs: readonly EarlierRun[];
}

/** The rows of the version table once `applied` count as applied besides what `heads` imply. */
export function adoptedHeads(
  { graph, applied }: Pick<Adopted, "graph" | "applied">,
  heads: readonly string[],
): readonly string[] {
  const marked = [...applied].map((id) => graph.get(id));
  const all = new Set([...readApplied(graph, heads).revisions, ...graph.ancestors(marked, "all")]);
  return headsOf(graph, all).map(({ id }) => id);
}

/** Mark the database, under the lock and in one transaction; gives its heads. What the log has already is not told twice. */
export async function markAdopted(
  target: StampTarget & { readonly connection: Connection },
  adopted: Adopted,
  waiting: (holder: string) => void,
): Promise<readonly string[]> {
  const { connection } = target;
  const state = await orUntouched("nothing was changed", () => connection.enter(waiting));
  const known = new Set((await connection.log()).map(({ run }) => run));
  try {
    const before = await asking(connection, () => connection.begin({ suspendForeignKeys: false }));
    const after = adoptedHeads(adopted, before);
    const statements = markStatements(target, adopted, {
      before,
      after,
      known,
      batch: state.lastBatch,
    });
    await asking(connection, async () => {
      for (const sql of statements) await connection.send({ sql, from: null });
      await connection.commit();
    });
    return after;
  } catch (failure) {
    await connection.rollback();
    throw failure;
  }
}

interface Found {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly known: ReadonlySet<string>;
  /** The last number of the log. */
  readonly batch: number;
}

function markStatements(
  { dialect, versionTable, info }: StampTarget,
  { runs }: Adopted,
  { before, after, known, batch }: Found,
): readonly string[] {
  const { create, moveHeads, log } = dialect.bookkeeping;
  const removes = before.filter((id) => !after.includes(id));
  const adds = after.filter((id) => !before.includes(id));
  const rows = runs
    .map(({ told, ...run }) => {
      return { ...run, ...info, run: runName(run, told), batch: run.batch + batch };
    })
    .filter(({ run }) => !known.has(run));
  return [
    ...create(versionTable),
    ...moveHeads(versionTable, removes, adds),
    ...rows.map((row) => log(versionTable, row)),
  ];
}

/** The same run has the same name whenever it is told: by that it is known when somebody imports again. */
function runName(
  { direction, revision, startedAt }: Omit<EarlierRun, "told">,
  told: string | undefined,
): string {
  // A stamp stands for a run of which no time is known.
  const when = direction === "stamp" ? "" : startedAt;
  const digest = hash(
    "sha256",
    [direction, revision, when, ...(told === undefined ? [] : [told])].join("\n"),
  );
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
