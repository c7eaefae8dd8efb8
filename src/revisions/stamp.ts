import { type Applied, checkOverlap, headsOf, readApplied } from "./applied.ts";
import { ascend } from "./ascent.ts";
import { type Descent, descend } from "./descent.ts";
import type { RevisionGraph } from "./graph.ts";
import type { Revision } from "./revision.ts";
import { parseTarget } from "./target.ts";

/** What a stamp does to the version table, and what that means. */
export interface StampPlan {
  readonly removes: readonly string[];
  readonly adds: readonly string[];
  /** The revisions that become rows. */
  readonly revisions: readonly Revision[];
  /** The revisions that count as applied from now on, oldest first. */
  readonly nowApplied: readonly Revision[];
  /** The revisions that no longer count as applied, newest first. */
  readonly noLongerApplied: readonly Revision[];
}

/**
 * Mark the database as being at `targets`: the version table becomes what an upgrade and a downgrade to them would
 * have made of it, without running either. With `purge` the present rows are forgotten, even those that mean nothing.
 * Throws the errors of targets, UNKNOWN_CURRENT_REVISION and OVERLAPPING_HEADS.
 */
export function stampPlan(
  graph: RevisionGraph,
  currentHeads: readonly string[],
  targets: readonly string[],
  { purge = false }: { readonly purge?: boolean } = {},
): StampPlan {
  const before = readApplied(graph, purge ? [] : currentHeads);
  const after = stamped(graph, before, targets);
  const heads = headsOf(graph, after);
  const rows = new Set(purge ? [] : currentHeads);
  const kept = new Set(heads.map(({ id }) => id));
  const revisions = heads.filter(({ id }) => !rows.has(id));
  return {
    removes: [...new Set(currentHeads)].filter((row) => purge || !kept.has(row)),
    adds: revisions.map(({ id }) => id),
    revisions,
    nowApplied: graph.order.filter((each) => after.has(each) && !before.revisions.has(each)),
    noLongerApplied: graph.order
      .filter((each) => before.revisions.has(each) && !after.has(each))
      .reverse(),
  };
}

function stamped(
  graph: RevisionGraph,
  before: Applied,
  targets: readonly string[],
): ReadonlySet<Revision> {
  const parts = targets.map((text) => stampOne(graph, before, text));
  const marks = [...new Set(parts.flatMap(({ floor }) => graph.maximal(floor)))];
  checkOverlap(graph, marks);
  const after = new Set(before.revisions);
  for (const { drops } of parts) for (const dropped of drops) after.delete(dropped);
  for (const marked of graph.ancestors(marks, "all")) after.add(marked);
  return after;
}

function stampOne(graph: RevisionGraph, applied: Applied, text: string): Descent {
  const { symbol, steps } = parseTarget(graph, text);
  const goesUp = symbol === null && steps > 0;
  return goesUp
    ? { floor: ascend(graph, applied, text), drops: new Set() }
    : descend(graph, applied, text);
}
