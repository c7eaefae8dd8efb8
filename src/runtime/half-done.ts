/** What a revision without a transaction left half done when its run stopped, and what that means for the next command. */
import type { LogRow } from "../dialects/dialect.ts";
import { fail } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Step } from "../revisions/path.ts";
import { undoBatchPath } from "../revisions/undo-set.ts";
import { headsAfter } from "./run-state.ts";

/** Where a database stands: its heads, and the runs that did not end. */
export interface Stand {
  readonly heads: readonly string[];
  readonly unfinished: readonly LogRow[];
}

/**
 * The steps of an upgrade. A revision that is half undone is by the version table still applied, and is not: it is undone
 * first, and then runs again with those after it.
 */
export async function upgradeFrom(
  graph: RevisionGraph,
  { heads, unfinished }: Stand,
  plan: (heads: readonly string[]) => readonly Step[] | Promise<readonly Step[]>,
): Promise<readonly Step[]> {
  const revisions = halfDone(unfinished, "down").filter((id) => heads.includes(id));
  if (revisions.length === 0) return plan(heads);
  const undone = undoBatchPath(graph, heads, { batch: 0, revisions });
  return [...undone, ...(await plan(undone.reduce(headsAfter, heads)))];
}

/** Refuse to undo what is below a revision that is half applied: what it has done by then would be forgotten. */
export function refuseHalfApplied({ heads, unfinished }: Stand): void {
  const [revision] = halfDone(unfinished, "up").filter((id) => !heads.includes(id));
  if (revision !== undefined) fail("HALF_APPLIED", { revision }, { state: "nothing was run" });
}

/** Of what was only about to begin nothing is done. */
function halfDone(unfinished: readonly LogRow[], direction: "up" | "down"): readonly string[] {
  return unfinished
    .filter((row) => row.direction === direction && (row.progress?.begun ?? 0) > 0)
    .map(({ revision }) => revision);
}
