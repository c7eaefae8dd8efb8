import { currentOf } from "../../migrator/look.ts";
import { note, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { printRevisions } from "../revision-list.ts";

interface CurrentOptions extends GlobalOptions {
  readonly verbose?: boolean;
  readonly checkHeads?: boolean;
}

/** `mig current`: where the database is. Reads and creates nothing. */
export async function current(options: CurrentOptions): Promise<number> {
  const project = await openProject(options);
  const { document, found } = await currentOf(project);
  const { pending, atHead } = document;
  if (options.json) printJson(document);
  else {
    const graph = project.graph();
    printRevisions(graph, found, null, options);
    if (found.length === 0) note("the database is at base");
    const command = graph.heads.length > 1 ? "mig upgrade heads" : "mig upgrade";
    if (pending > 0)
      note(`${pending} pending; \`${command}\` runs ${pending === 1 ? "it" : "them"}`);
  }
  return options.checkHeads && !atHead ? 1 : 0;
}
