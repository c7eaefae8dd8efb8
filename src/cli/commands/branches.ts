import { print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { revisionDocument } from "../revision-document.ts";
import { revisionInFull, revisionLine, revisionTitle } from "../revision-text.ts";

/** `mig branches`: the revisions that more than one revision follows. No database is asked. */
export async function branches(
  options: GlobalOptions & { readonly verbose?: boolean },
): Promise<void> {
  const graph = (await openProject(options)).graph();
  const found = graph.branchPoints.toReversed();
  if (options.json) {
    printJson(found.map((revision) => revisionDocument(graph, revision, null)));
    return;
  }
  for (const revision of found) {
    print((options.verbose ? revisionInFull : revisionLine)(graph, revision, null));
    for (const child of graph.children(revision)) {
      print(`   -> ${revisionTitle(graph, child, null)}`);
    }
  }
}
