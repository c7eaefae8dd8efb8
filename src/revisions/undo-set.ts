import { fail } from "../errors.ts";
import { readApplied, VersionRows } from "./applied.ts";
import type { RevisionGraph } from "./graph.ts";
import type { Step } from "./path.ts";

/** The revisions that a command applied together. */
export interface BatchRevisions {
  readonly batch: number;
  readonly revisions: readonly string[];
}

/** The way down that undoes just these, newest first. Throws BATCH_IN_USE where others that are applied need one. */
export function undoBatchPath(
  graph: RevisionGraph,
  currentHeads: readonly string[],
  { batch, revisions }: BatchRevisions,
): Step[] {
  const applied = readApplied(graph, currentHeads);
  const drops = new Set(revisions.flatMap((id) => graph.find(id) ?? []));
  for (const revision of drops) {
    const needing = graph.followers(revision).filter((it) => applied.revisions.has(it));
    const followers = needing.filter((it) => !drops.has(it)).map(({ id }) => id);
    if (followers.length > 0) fail("BATCH_IN_USE", { batch, revision: revision.id, followers });
  }
  const rows = new VersionRows(graph, applied);
  return graph
    .inUpgradeOrder(drops)
    .reverse()
    .map((revision) => ({ direction: "down", revision, ...rows.down(revision) }));
}
