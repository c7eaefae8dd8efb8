import { fail } from "../../errors.ts";
import { downgradePath, upgradePath } from "../../revisions/path.ts";
import { openProject } from "../project.ts";
import { type RunOptions, runOnDatabase } from "../run.ts";

/** `mig reset`: undo everything, and run everything again; one run, read and checked before it begins. */
export async function reset(options: RunOptions): Promise<void> {
  const project = await openProject(options);
  const { name, protected: isProtected } = project.environment();
  if (isProtected) fail("PROTECTED_FROM_RESET", { name });
  const graph = project.graph();
  return runOnDatabase(project, options, {
    command: "reset",
    nothing: "the history is empty",
    plan: (heads) => [...downgradePath(graph, heads, "base"), ...upgradePath(graph, [], ["heads"])],
    planAgain: false,
  });
}
