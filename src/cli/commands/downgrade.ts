import { offlineRange } from "../../revisions/offline.ts";
import { downgradePath } from "../../revisions/path.ts";
import { openProject } from "../project.ts";
import { type RunOptions, runOnDatabase } from "../run.ts";
import { runAsScript } from "../run-script.ts";

/** `mig downgrade`: undo revisions down to the target, or print what undoes them as SQL. */
export async function downgrade(target: string, options: RunOptions): Promise<void> {
  const project = await openProject(options);
  const graph = project.graph();
  if (options.sql) {
    const { currentHeads, targets } = offlineRange(graph, "down", [target]);
    const steps = downgradePath(graph, currentHeads, targets[0] ?? target);
    return runAsScript(project, options, { heads: currentHeads, steps });
  }
  return runOnDatabase(project, options, {
    command: "downgrade",
    nothing: "nothing to undo",
    plan: (heads) => downgradePath(graph, heads, target),
    // What another run has changed meanwhile was not there when this was asked for.
    planAgain: false,
  });
}
