import { error } from "../../errors.ts";
import { offlineRange } from "../../revisions/offline.ts";
import { downgradePath } from "../../revisions/path.ts";
import { undoBatchPath } from "../../revisions/undo-set.ts";
import { lastBatch } from "../../runtime/last-batch.ts";
import { openProject, type Project } from "../project.ts";
import { type RunOptions, type RunRequest, runOnDatabase } from "../run.ts";
import { runAsScript } from "../run-script.ts";

interface DowngradeOptions extends RunOptions {
  readonly batch?: boolean;
}

/** `mig downgrade`: undo revisions down to the target or those of the last batch, or print what undoes them as SQL. */
export async function downgrade(
  target: string | undefined,
  options: DowngradeOptions,
): Promise<void> {
  if (target !== undefined && options.batch)
    throw error("WRONG_USAGE", { message: "--batch says what to undo: leave out the target" });
  if (target === undefined && !options.batch)
    throw error("WRONG_USAGE", { message: "missing required argument 'target'" });
  const project = await openProject(options);
  if (target === undefined) return undo(project, options, batchPlan(project));
  const graph = project.graph();
  if (options.sql) {
    const { currentHeads, targets } = offlineRange(graph, "down", [target]);
    const steps = downgradePath(graph, currentHeads, targets[0] ?? target);
    return runAsScript(project, options, { heads: currentHeads, steps });
  }
  return undo(project, options, (heads) => downgradePath(graph, heads, target));
}

function undo(project: Project, options: RunOptions, plan: RunRequest["plan"]): Promise<void> {
  return runOnDatabase(project, options, {
    command: "downgrade",
    nothing: "nothing to undo",
    plan,
    // What another run has changed meanwhile was not there when this was asked for.
    planAgain: false,
  });
}

function batchPlan(project: Project): RunRequest["plan"] {
  const graph = project.graph();
  return async (heads, log) => undoBatchPath(graph, heads, lastBatch(graph, heads, await log()));
}
