import { fail } from "../errors.ts";
import type { RevisionGraph } from "./graph.ts";
import type { Branch } from "./names.ts";
import type { Revision } from "./revision.ts";
import type { Target } from "./target.ts";

/** How to walk: which steps were asked for, and on which branch. */
export interface Walk {
  readonly graph: RevisionGraph;
  readonly target: Target;
  readonly branch: Branch | null;
  /** Going below the base stays there. */
  readonly clamp?: boolean;
}

/**
 * The revision that is `steps` away from `start` by downRevision; null stands for the base. Throws AMBIGUOUS_WALK and
 * RELATIVE_OUT_OF_RANGE.
 */
export function walk(
  plan: Walk,
  start: Revision | null,
  steps = plan.target.steps,
): Revision | null {
  let at = start;
  for (let taken = 0; taken < Math.abs(steps); taken++) {
    if (at === null && steps < 0 && plan.clamp) return null;
    at = steps > 0 ? stepUp(plan, at, taken) : stepDown(plan, at, taken);
  }
  return at;
}

function stepUp(plan: Walk, at: Revision | null, taken: number): Revision {
  const { graph } = plan;
  const options = onBranch(plan, at ? graph.children(at) : graph.bases);
  return onlyOne(plan, at, options) ?? failOutOfRange(plan, taken);
}

function stepDown(plan: Walk, at: Revision | null, taken: number): Revision | null {
  if (at === null) return failOutOfRange(plan, taken);
  return onlyOne(plan, at, onBranch(plan, plan.graph.parents(at))) ?? null;
}

/** Those of `revisions` that are on the branch of the target, if it names one. */
export function onBranch(
  { branch }: { readonly branch: Branch | null },
  revisions: readonly Revision[],
) {
  return branch ? revisions.filter((each) => branch.lineage.has(each)) : revisions;
}

function onlyOne(
  plan: Walk,
  at: Revision | null,
  options: readonly Revision[],
): Revision | undefined {
  if (options.length > 1) failAmbiguousWalk(plan.target, at?.id ?? "base", options);
  return options[0];
}

/** Throw AMBIGUOUS_WALK. */
export function failAmbiguousWalk(target: Target, at: string, options: readonly Revision[]): never {
  fail("AMBIGUOUS_WALK", { target: target.text, at, candidates: options.map(({ id }) => id) });
}

/** Throw RELATIVE_OUT_OF_RANGE: `available` steps could be taken. */
export function failOutOfRange({ target }: { readonly target: Target }, available: number): never {
  fail("RELATIVE_OUT_OF_RANGE", { target: target.text, available });
}
