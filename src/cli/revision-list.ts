import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";
import { print } from "./output.ts";
import { revisionInFull, revisionLine } from "./revision-text.ts";

/** Print revisions, on a line each or in full. */
export function printRevisions(
  graph: RevisionGraph,
  revisions: readonly Revision[],
  current: ReadonlySet<string> | null,
  { verbose = false }: { readonly verbose?: boolean },
): void {
  if (revisions.length === 0) return;
  const write = verbose ? revisionInFull : revisionLine;
  const texts = revisions.map((revision) => write(graph, revision, current));
  print(texts.join(verbose ? "\n\n" : "\n"));
}
