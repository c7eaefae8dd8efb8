import { printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { revisionDocument } from "../revision-document.ts";
import { printRevisions } from "../revision-list.ts";

/** `mig heads`: the newest revisions of the history. No database is asked. */
export async function heads(
  options: GlobalOptions & { readonly verbose?: boolean },
): Promise<void> {
  const graph = (await openProject(options)).graph();
  const found = graph.heads.toReversed();
  if (options.json) printJson(found.map((head) => revisionDocument(graph, head, null)));
  else printRevisions(graph, found, null, options);
}
