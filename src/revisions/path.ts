import { fail } from "../errors.ts";
import { type Applied, type RowChange, readApplied, VersionRows } from "./applied.ts";
import { ascend } from "./ascent.ts";
import { descend } from "./descent.ts";
import type { RevisionGraph } from "./graph.ts";
import type { Revision } from "./revision.ts";

export { type OfflineRange, offlineRange } from "./offline.ts";
export { type StampPlan, stampPlan } from "./stamp.ts";

/** One revision to run, and the rows of the version table that it removes and adds. */
export interface Step extends RowChange {
  readonly direction: "up" | "down";
  readonly revision: Revision;
}

/**
 * The way from the rows of the version table up to `targets` and all they need, oldest first; what is applied is left
 * out. Throws the errors of targets, AMBIGUOUS_UPGRADE, UNKNOWN_CURRENT_REVISION and OVERLAPPING_HEADS.
 */
export function upgradePath(
  graph: RevisionGraph,
  currentHeads: readonly string[],
  targets: readonly string[],
): Step[] {
  const applied = readApplied(graph, currentHeads);
  const ends = targets.flatMap((text) => ascend(graph, applied, text));
  if (ends.every((end) => applied.heads.includes(end) || applied.revisions.has(end))) return [];
  const wanted = graph.ancestors(ends, "all");
  for (const each of applied.revisions) wanted.delete(each);
  const rows = new VersionRows(graph, applied);
  return graph
    .inUpgradeOrder(wanted)
    .map((revision) => ({ direction: "up", revision, ...rows.up(revision) }));
}

/**
 * The way from the rows of the version table down to `target`, newest first. What depends on a revision goes with it;
 * what it depends on stays. Throws the errors of targets, AMBIGUOUS_DOWNGRADE, INVALID_DOWNGRADE_TARGET,
 * UNKNOWN_CURRENT_REVISION and OVERLAPPING_HEADS.
 */
export function downgradePath(
  graph: RevisionGraph,
  currentHeads: readonly string[],
  target: string,
): Step[] {
  const applied = readApplied(graph, currentHeads);
  const { floor, drops } = descend(graph, applied, target);
  checkFloor(applied, floor, target);
  const rows = new VersionRows(graph, applied);
  return graph
    .inUpgradeOrder(drops)
    .reverse()
    .map((revision) => ({ direction: "down", revision, ...rows.down(revision) }));
}

function checkFloor(applied: Applied, floor: readonly Revision[], target: string): void {
  if (floor.every((each) => applied.revisions.has(each))) return;
  const current = applied.heads.map(({ id }) => id);
  fail("INVALID_DOWNGRADE_TARGET", { target, current });
}
