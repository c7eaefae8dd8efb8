import { fail } from "../errors.ts";
import type { RevisionGraph } from "./graph.ts";
import { type Branch, branchOf, findRevision } from "./names.ts";
import type { Revision } from "./revision.ts";
import { failTarget, parseTarget, type Target } from "./target.ts";
import { failAmbiguousWalk, onBranch, walk } from "./walk.ts";

/** What targets are read against. */
export interface Scope {
  readonly graph: RevisionGraph;
  /** The heads of the database, or null where there is none. */
  readonly current: readonly Revision[] | null;
}

/**
 * The revisions that a target means by itself: none for a base, several for `heads` and `current`. Without a symbol,
 * `-2` counts down from the heads and `+2` up from the bases. Throws the errors of targets.
 */
export function resolveTarget(scope: Scope, text: string, clamp = false): readonly Revision[] {
  const target = parseTarget(scope.graph, text);
  const branch = branchOf(scope.graph, target);
  if (target.steps === 0) return resolveSymbol(scope, target, branch);
  const start = startOfWalk(scope, target, branch);
  const found = walk({ graph: scope.graph, target, branch, clamp }, start);
  return found ? [found] : [];
}

/** Where the steps of a target are counted from; null is the base. Throws AMBIGUOUS_WALK. */
export function startOfWalk(scope: Scope, target: Target, branch: Branch | null): Revision | null {
  const symbol = target.symbol ?? (target.steps > 0 ? "base" : "heads");
  const starts = resolveSymbol(scope, { ...target, symbol }, branch);
  if (starts.length > 1) failAmbiguousWalk(target, symbol, starts);
  return starts[0] ?? null;
}

/** The revisions that the symbol of `target` means, on its branch. */
export function resolveSymbol(
  { graph, current }: Scope,
  target: Target,
  branch: Branch | null,
): readonly Revision[] {
  switch (target.symbol) {
    case null:
    case "base":
      return [];
    case "head":
      return onlyHead(target, onBranch({ branch }, graph.heads));
    case "heads":
      return branch ? onBranch({ branch }, graph.heads) : graph.realHeads;
    case "current":
      return onBranch(
        { branch },
        current ?? failTarget(target.text, "this has no database to ask"),
      );
    default:
      return [findRevision(graph, target.symbol, branch)];
  }
}

function onlyHead({ text }: Target, heads: readonly Revision[]): readonly Revision[] {
  if (heads.length < 2) return heads;
  fail("MULTIPLE_HEADS", { target: text, heads: heads.map(({ id }) => id) });
}
