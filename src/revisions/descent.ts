import type { Applied } from "./applied.ts";
import { branchMembers } from "./branch.ts";
import type { RevisionGraph } from "./graph.ts";
import { branchOf } from "./names.ts";
import { resolveSymbol, startOfWalk } from "./resolve.ts";
import type { Revision } from "./revision.ts";
import { failTarget, parseTarget } from "./target.ts";
import { type DescentPlan, undo } from "./undo.ts";
import { failOutOfRange, onBranch, walk } from "./walk.ts";

/** Where a downgrade ends, and what it undoes on the way. */
export interface Descent {
  /** What is to be left standing on top; must be applied. */
  readonly floor: readonly Revision[];
  /** The applied revisions that go, with everything applied that follows or depends on them. */
  readonly drops: ReadonlySet<Revision>;
}

/** What a downgrade to `text` undoes: `-2` counts from the database. Throws the errors of targets, and AMBIGUOUS_DOWNGRADE. */
export function descend(graph: RevisionGraph, applied: Applied, text: string): Descent {
  const target = parseTarget(graph, text);
  const plan = { graph, applied, target, branch: branchOf(graph, target) };
  if (target.symbol === null) {
    if (target.steps > 0) failTarget(text, "a downgrade goes down");
    return { floor: [], drops: undo(plan) };
  }
  if (target.steps !== 0) return toRelative(plan);
  if (target.symbol === "base") return { floor: [], drops: baseOf(plan) };
  return above(plan, resolveSymbol({ graph, current: applied.heads }, target, plan.branch));
}

/** Everything on top of `floor` goes; with a branch, only on that branch. */
function above(plan: DescentPlan, floor: readonly Revision[]): Descent {
  const roots = floor.flatMap((each) => onBranch(plan, plan.graph.children(each)));
  return { floor, drops: appliedDescendants(plan, roots) };
}

function toRelative(plan: DescentPlan): Descent {
  const { graph, applied, target } = plan;
  const start = startOfWalk({ graph, current: applied.heads }, target, plan.branch);
  if (target.steps > 0 || start === null) return above(plan, listed(walk(plan, start)));
  const last = walk(plan, start, target.steps + 1) ?? failOutOfRange(plan, -target.steps - 1);
  const floor = onBranch(plan, graph.parents(last));
  if (floor.length === 0) return { floor, drops: lineOf(plan, start) };
  // One down from a merge revision there is no single revision to stop at, but undoing the merge is clear.
  return floor.length > 1 ? { floor, drops: appliedDescendants(plan, [last]) } : above(plan, floor);
}

function listed(revision: Revision | null): Revision[] {
  return revision ? [revision] : [];
}

function baseOf(plan: DescentPlan): ReadonlySet<Revision> {
  const { graph, applied, branch } = plan;
  if (!branch) return applied.revisions;
  if (!branch.isLabel) return lineOf(plan, branch.revision);
  return withoutShared(plan, branchMembers(graph, branch.revision), branch.revision);
}

/** A revision stands for its line down to the base: an id names no branch point to stop at. */
function lineOf(plan: DescentPlan, revision: Revision): ReadonlySet<Revision> {
  return withoutShared(plan, plan.graph.ancestors([revision], "down"), revision);
}

/**
 * What can go of `line` and of all that needs `revision`, without touching anything else: a trunk that other applied
 * revisions stand on stays.
 */
function withoutShared(
  { graph, applied }: DescentPlan,
  line: ReadonlySet<Revision>,
  revision: Revision,
): ReadonlySet<Revision> {
  const going = graph.descendants([revision], "all");
  for (const each of line) going.add(each);
  const others = [...applied.revisions].filter((each) => !going.has(each));
  const kept = graph.ancestors(others, "all");
  return new Set([...applied.revisions].filter((each) => going.has(each) && !kept.has(each)));
}

/** The applied ones of `roots` and all that is applied on top of them. */
function appliedDescendants({ graph, applied }: DescentPlan, roots: readonly Revision[]) {
  return graph.descendants(roots, "all", applied.revisions);
}
