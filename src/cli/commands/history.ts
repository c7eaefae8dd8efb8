import { historyRange } from "../../revisions/history.ts";
import { needsCurrent, readCurrent } from "../current-heads.ts";
import { print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { revisionDocument } from "../revision-document.ts";
import { printRevisions } from "../revision-list.ts";
import { revisionTitle } from "../revision-text.ts";

interface HistoryOptions extends GlobalOptions {
  readonly range?: string;
  readonly verbose?: boolean;
  readonly indicateCurrent?: boolean;
  readonly graph?: boolean;
}

/** `mig history`: the revisions, newest first. A database is asked only for -i and `current`. */
export async function history(options: HistoryOptions): Promise<void> {
  const project = await openProject(options);
  const graph = project.graph();
  const range = options.range ?? "base:heads";
  const asked = options.indicateCurrent || needsCurrent(range);
  const current = asked ? await readCurrent(project) : null;
  const found = historyRange({ graph, current }, range);
  const marked =
    options.indicateCurrent && current !== null ? new Set(current.map(({ id }) => id)) : null;

  if (options.json) {
    printJson(found.map((revision) => revisionDocument(graph, revision, marked)));
  } else if (options.graph) {
    const { drawLanes } = await import("../lanes.ts");
    const lines = drawLanes(
      found.map((revision) => ({
        id: revision.id,
        parents: revision.downRevisions,
        text: revisionTitle(graph, revision, marked),
      })),
    );
    if (lines.length > 0) print(lines.join("\n"));
  } else printRevisions(graph, found, marked, options);
}
