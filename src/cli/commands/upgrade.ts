import { upgradeRequest } from "../../migrator/requests.ts";
import { offlineRange } from "../../revisions/offline.ts";
import { upgradePath } from "../../revisions/path.ts";
import { warn } from "../output.ts";
import { openProject } from "../project.ts";
import { type RunOptions, runOnDatabase } from "../run.ts";
import { runAsScript } from "../run-script.ts";

interface UpgradeOptions extends RunOptions {
  readonly allowModified?: boolean;
}

/** `mig upgrade`: run the revisions up to the targets, or print them as SQL. */
export async function upgrade(given: readonly string[], options: UpgradeOptions): Promise<void> {
  const targets = given.length === 0 ? ["head"] : given;
  const project = await openProject(options);
  if (options.sql) {
    const graph = project.graph();
    const { currentHeads, targets: ends } = offlineRange(graph, "up", targets);
    const steps = upgradePath(graph, currentHeads, ends);
    return runAsScript(project, options, { heads: currentHeads, steps });
  }
  const { allowModified } = options;
  const modified = (files: readonly string[]) => warn(`changed since applied: ${files.join(", ")}`);
  const request = upgradeRequest(project, targets, { allowModified, modified });
  return runOnDatabase(project, options, request, "already up to date");
}
