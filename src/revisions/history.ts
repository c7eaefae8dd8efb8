import { readApplied } from "./applied.ts";
import type { RevisionGraph } from "./graph.ts";
import { type Branch, branchOf } from "./names.ts";
import { failRange, type Range, splitRange } from "./range.ts";
import { resolveTarget, type Scope } from "./resolve.ts";
import type { Revision } from "./revision.ts";
import { parseTarget, type Target } from "./target.ts";
import { onBranch, walk } from "./walk.ts";

/**
 * The revisions of `from:to`, both ends included, newest first. Without `from` it begins at the base, without `to` it
 * ends at the heads; `-2:` counts down from the heads, `a:+2` up from `a`; `label@base:` stays on that branch. Throws
 * INVALID_RANGE and the errors of targets.
 */
export function historyRange(scope: Scope, range: string): Revision[] {
  const sides = splitRange(range);
  const lower = lowerEnds(scope, sides);
  const upper = upperEnds(scope, { range, sides, lower });
  return between(scope.graph, { range, lower, upper }).reverse();
}

/** Null where the range begins at the base. */
function lowerEnds(scope: Scope, { from }: Range): readonly Revision[] | null {
  const ends = from.map((text) => resolveTarget(scope, text, true));
  return ends.length === 0 || ends.some((end) => end.length === 0) ? null : ends.flat();
}

interface Ends {
  readonly range: string;
  readonly sides: Range;
  readonly lower: readonly Revision[] | null;
}

function upperEnds(scope: Scope, ends: Ends): readonly Revision[] {
  const branch = branchOfBase(scope.graph, ends.sides);
  const texts = ends.sides.to.length > 0 ? ends.sides.to : ["heads"];
  const upper = texts.flatMap((text) => upperEnd(scope, { ...ends, text, branch }));
  if (!branch) return upper;
  // The heads of the whole history may all stand on a merge with other branches; the branch has its own.
  const kept = onBranch({ branch }, upper);
  return kept.length > 0 || upper.length === 0
    ? kept
    : failRange(ends.range, `it ends on another branch than ${branch.text}`);
}

/** The branch of `label@base`, where the range begins so. */
function branchOfBase(graph: RevisionGraph, { from }: Range): Branch | null {
  const [only, ...others] = from.map((text) => parseTarget(graph, text));
  const isBase = only?.symbol === "base" && only.steps === 0 && others.length === 0;
  return isBase ? branchOf(graph, only) : null;
}

function upperEnd(
  scope: Scope,
  end: Ends & { readonly text: string; readonly branch: Branch | null },
): readonly Revision[] {
  const target = parseTarget(scope.graph, end.text);
  if (target.symbol !== null || target.steps < 0) return resolveTarget(scope, end.text);
  return upFromLower(scope.graph, target, end);
}

function upFromLower(
  graph: RevisionGraph,
  target: Target,
  { range, lower, branch }: Ends & { readonly branch: Branch | null },
): readonly Revision[] {
  const starts = lower ?? [];
  if (starts.length > 1)
    failRange(range, `${target.text} counts from one revision, not from several`);
  const plan = { graph, target, branch: branchOf(graph, target) ?? branch };
  const end = walk(plan, starts[0] ?? null);
  return end ? [end] : [];
}

/** Oldest first. */
function between(
  graph: RevisionGraph,
  ends: {
    readonly range: string;
    readonly lower: readonly Revision[] | null;
    readonly upper: readonly Revision[];
  },
): Revision[] {
  const below = graph.ancestors(ends.upper, "all");
  if (!ends.lower) return graph.inUpgradeOrder(below);
  const stray = ends.lower.find((each) => !below.has(each));
  if (stray) failRange(ends.range, `${stray.id} is not an ancestor of where it ends`);
  return graph.inUpgradeOrder(graph.descendants(ends.lower, "all", below));
}

/**
 * What `mig current` shows, in the order of files: the applied revisions that no applied revision has as downRevision.
 * Other than the rows of the version table, these include a branch that is only known because another depends on it.
 * Throws UNKNOWN_CURRENT_REVISION and OVERLAPPING_HEADS.
 */
export function currentRevisions(graph: RevisionGraph, rows: readonly string[]): Revision[] {
  const { revisions } = readApplied(graph, rows);
  return graph
    .inFileOrder(revisions)
    .filter((each) => !graph.children(each).some((child) => revisions.has(child)));
}
