import { offlineRange } from "../../revisions/offline.ts";
import { upgradePath } from "../../revisions/path.ts";
import { refuseModified } from "../modified.ts";
import { openProject } from "../project.ts";
import { type RunOptions, runOnDatabase } from "../run.ts";
import { runAsScript } from "../run-script.ts";

interface UpgradeOptions extends RunOptions {
  readonly allowModified?: boolean;
}

/** With nothing to run, the files of a longer history are left to `mig verify`: reading them all would take most of the time. */
const unaskedAbove = 500;

/** `mig upgrade`: run the revisions up to the targets, or print them as SQL. */
export async function upgrade(given: readonly string[], options: UpgradeOptions): Promise<void> {
  const targets = given.length === 0 ? ["head"] : given;
  const project = await openProject(options);
  const graph = project.graph();
  if (options.sql) {
    const { currentHeads, targets: ends } = offlineRange(graph, "up", targets);
    const steps = upgradePath(graph, currentHeads, ends);
    return runAsScript(project, options, { heads: currentHeads, steps });
  }
  return runOnDatabase(project, options, {
    command: "upgrade",
    nothing: "already up to date",
    plan: async (heads, log) => {
      const steps = upgradePath(graph, heads, targets);
      const isLong = graph.all.length > unaskedAbove;
      if (heads.length > 0 && (steps.length > 0 || !isLong)) {
        refuseModified(graph, heads, await log(), options);
      }
      return steps;
    },
    // "+1" counts from where the database was: from somewhere else it would be another revision.
    planAgain: !targets.some((target) => /(^|@)\+\d+$/.test(target)),
  });
}
