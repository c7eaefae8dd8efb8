import { resolveTarget } from "../../revisions/resolve.ts";
import { needsCurrent, readCurrent } from "../current-heads.ts";
import { printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { revisionDocument } from "../revision-document.ts";
import { printRevisions } from "../revision-list.ts";

/** `mig show`: what targets mean, in full. A database is asked only for `current`. */
export async function show(targets: readonly string[], options: GlobalOptions): Promise<void> {
  const project = await openProject(options);
  const graph = project.graph();
  const current = targets.some(needsCurrent) ? await readCurrent(project) : null;
  const found = new Set(targets.flatMap((target) => resolveTarget({ graph, current }, target)));
  const marked = current === null ? null : new Set(current.map(({ id }) => id));
  if (options.json) printJson([...found].map((each) => revisionDocument(graph, each, marked)));
  else printRevisions(graph, [...found], marked, { verbose: true });
}
