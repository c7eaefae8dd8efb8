/** What upgrade, downgrade and reset want of a database. */
import { fail } from "../errors.ts";
import { downgradePath, upgradePath } from "../revisions/path.ts";
import { undoBatchPath } from "../revisions/undo-set.ts";
import { lastBatch } from "../runtime/last-batch.ts";
import { refuseModified } from "./modified.ts";
import type { Project } from "./project.ts";
import type { RunRequest } from "./run.ts";

export interface UpgradeOptions {
  /** Go on though files of applied revisions changed. */
  readonly allowModified?: boolean | undefined;
  /** Told of the files that changed, where that is allowed. */
  readonly modified: (files: readonly string[]) => void;
}

/** With nothing to run, the files of a longer history are left to `mig verify`: reading them all would take most of the time. */
const unaskedAbove = 500;

/** Everything up to `targets`. */
export function upgradeRequest(
  project: Project,
  targets: readonly string[],
  { allowModified = false, modified }: UpgradeOptions,
): RunRequest {
  const graph = project.graph();
  return {
    command: "upgrade",
    plan: async (heads, log) => {
      const steps = upgradePath(graph, heads, targets);
      const isLong = graph.all.length > unaskedAbove;
      if (heads.length > 0 && (steps.length > 0 || !isLong)) {
        const changed = refuseModified(graph, heads, await log(), allowModified);
        if (changed.length > 0) modified(changed);
      }
      return steps;
    },
    // "+1" counts from where the database was: from somewhere else it would be another revision.
    planAgain: !targets.some((target) => /(^|@)\+\d+$/.test(target)),
  };
}

/** Everything down to `target`. */
export function downgradeRequest(project: Project, target: string): RunRequest {
  const graph = project.graph();
  return undo((heads) => downgradePath(graph, heads, target));
}

/** What the last upgrade applied. */
export function batchRequest(project: Project): RunRequest {
  const graph = project.graph();
  return undo(async (heads, log) =>
    undoBatchPath(graph, heads, lastBatch(graph, heads, await log())),
  );
}

/** What another run has changed meanwhile was not there when this was asked for. */
function undo(plan: RunRequest["plan"]): RunRequest {
  return { command: "downgrade", plan, planAgain: false };
}

/** Everything down, and up again, as one run. Throws PROTECTED_FROM_RESET. */
export function resetRequest(project: Project): RunRequest {
  const { name, protected: isProtected } = project.environment();
  if (isProtected) fail("PROTECTED_FROM_RESET", { name });
  const graph = project.graph();
  return {
    command: "reset",
    plan: (heads) => [...downgradePath(graph, heads, "base"), ...upgradePath(graph, [], ["heads"])],
    planAgain: false,
  };
}
