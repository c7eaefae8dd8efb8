import { fail } from "../errors.ts";
import type { Applied } from "./applied.ts";
import type { RevisionGraph } from "./graph.ts";
import { type Branch, branchOf } from "./names.ts";
import { resolveTarget } from "./resolve.ts";
import type { Revision } from "./revision.ts";
import { failTarget, parseTarget, type Target } from "./target.ts";
import { onBranch, walk } from "./walk.ts";

/**
 * The revisions that an upgrade to `text` ends at: `+2` counts from the database. Throws the errors of targets, and
 * AMBIGUOUS_UPGRADE.
 */
export function ascend(graph: RevisionGraph, applied: Applied, text: string): readonly Revision[] {
  const target = parseTarget(graph, text);
  if (target.steps === 0 || target.symbol !== null) {
    return resolveTarget({ graph, current: applied.heads }, text);
  }
  if (target.steps < 0) failTarget(text, "an upgrade goes up");
  const branch = branchOf(graph, target);
  const found = walk({ graph, target, branch }, startOfAscent(graph, applied, { target, branch }));
  return found ? [found] : [];
}

function startOfAscent(
  graph: RevisionGraph,
  applied: Applied,
  { target, branch }: { target: Target; branch: Branch | null },
): Revision | null {
  const starts = branch ? tipsOnBranch(graph, applied, branch) : applied.heads;
  if (starts.length < 2) return starts[0] ?? null;
  fail("AMBIGUOUS_UPGRADE", { target: target.text, candidates: starts.map(({ id }) => id) });
}

/** Where the database is on a branch: its heads there; else the highest of what other heads imply there. */
export function tipsOnBranch(
  graph: RevisionGraph,
  applied: Applied,
  branch: Branch,
): readonly Revision[] {
  const heads = onBranch({ branch }, applied.heads);
  if (heads.length > 0) return heads;
  const there = new Set(graph.all.filter((each) => isThere(each)));
  return [...there].filter((each) => !graph.children(each).some((child) => there.has(child)));

  function isThere(revision: Revision): boolean {
    return branch.lineage.has(revision) && applied.revisions.has(revision);
  }
}
