import { resetRequest } from "../../migrator/requests.ts";
import { openProject } from "../project.ts";
import { type RunOptions, runOnDatabase } from "../run.ts";

/** `mig reset`: undo everything, and run everything again; one run, read and checked before it begins. */
export async function reset(options: RunOptions): Promise<void> {
  const project = await openProject(options);
  return runOnDatabase(project, options, resetRequest(project), "the history is empty");
}
