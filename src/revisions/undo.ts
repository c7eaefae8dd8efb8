import { fail } from "../errors.ts";
import { type Applied, VersionRows } from "./applied.ts";
import { tipsOnBranch } from "./ascent.ts";
import type { RevisionGraph } from "./graph.ts";
import type { Branch } from "./names.ts";
import type { Revision } from "./revision.ts";
import type { Target } from "./target.ts";
import { failAmbiguousWalk, failOutOfRange, onBranch } from "./walk.ts";

/** One reading of a target of a downgrade. */
export interface DescentPlan {
  readonly graph: RevisionGraph;
  readonly applied: Applied;
  readonly target: Target;
  readonly branch: Branch | null;
}

/**
 * What `-2` and `label@-2` undo: so many revisions, one by one from where the database is. Throws AMBIGUOUS_DOWNGRADE,
 * AMBIGUOUS_WALK and RELATIVE_OUT_OF_RANGE.
 */
export function undo(plan: DescentPlan): ReadonlySet<Revision> {
  const start = startOfUndo(plan);
  return plan.branch ? undoOnBranch(plan, start) : undoHeads(plan, start);
}

function startOfUndo({ graph, applied, target, branch }: DescentPlan): Revision | null {
  const starts = branch ? tipsOnBranch(graph, applied, branch) : applied.heads;
  if (starts.length < 2) return starts[0] ?? null;
  fail("AMBIGUOUS_DOWNGRADE", { target: target.text, heads: starts.map(({ id }) => id) });
}

function undoHeads(plan: DescentPlan, start: Revision | null): ReadonlySet<Revision> {
  const rows = new VersionRows(plan.graph, plan.applied);
  const undone = new Set<Revision>();
  let last = start;
  while (undone.size < -plan.target.steps) {
    const head = undone.size === 0 ? start : nextHead(plan, rows, last);
    if (!head) failOutOfRange(plan, undone.size);
    rows.down(head);
    undone.add(head);
    last = head;
  }
  return undone;
}

/** What to undo after `last`: its parent, as far as it is a head now; else the only head there is. */
function nextHead(
  plan: DescentPlan,
  rows: VersionRows,
  last: Revision | null,
): Revision | undefined {
  const parents = last ? plan.graph.parents(last) : [];
  const [parent] = parents;
  if (parent && parents.length === 1 && rows.isHead(parent)) return parent;
  const { heads } = rows;
  if (heads.length > 1) failAmbiguousWalk(plan.target, last?.id ?? "base", heads);
  return heads[0];
}

function undoOnBranch(plan: DescentPlan, start: Revision | null): ReadonlySet<Revision> {
  const { graph, applied, target } = plan;
  const remaining = new Set(applied.revisions);
  let at = start;
  for (let taken = 0; taken < -target.steps; taken++) {
    if (taken > 0) at = nextOnBranch(plan, at);
    // A sibling that stands on it: going further would undo what was not named.
    if (!at || graph.children(at).some((child) => remaining.has(child))) {
      return failOutOfRange(plan, taken);
    }
    for (const each of graph.descendants([at], "all", remaining)) remaining.delete(each);
  }
  return new Set([...applied.revisions].filter((each) => !remaining.has(each)));
}

function nextOnBranch(plan: DescentPlan, last: Revision | null): Revision | null {
  const below = last ? onBranch(plan, plan.graph.parents(last)) : [];
  if (last && below.length > 1) failAmbiguousWalk(plan.target, last.id, below);
  return below[0] ?? null;
}
