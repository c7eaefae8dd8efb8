import { error } from "../../errors.ts";
import { batchRequest, downgradeRequest } from "../../migrator/requests.ts";
import { offlineRange } from "../../revisions/offline.ts";
import { downgradePath } from "../../revisions/path.ts";
import { openProject } from "../project.ts";
import { type RunOptions, runOnDatabase } from "../run.ts";
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
  const nothing = "nothing to undo";
  if (target === undefined) return runOnDatabase(project, options, batchRequest(project), nothing);
  if (options.sql) {
    const graph = project.graph();
    const { currentHeads, targets } = offlineRange(graph, "down", [target]);
    const steps = downgradePath(graph, currentHeads, targets[0] ?? target);
    return runAsScript(project, options, { heads: currentHeads, steps });
  }
  return runOnDatabase(project, options, downgradeRequest(project, target), nothing);
}
