import { historyRange } from "../../revisions/history.ts";
import { rolledBackAt } from "../../runtime/undone.ts";
import { needsCurrent, readCurrent } from "../current-heads.ts";
import { note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject, type Project } from "../project.ts";
import { revisionDocument } from "../revision-document.ts";
import { printRevisions } from "../revision-list.ts";
import { revisionTitle } from "../revision-text.ts";
import { withSession } from "../session.ts";

interface HistoryOptions extends GlobalOptions {
  readonly range?: string;
  readonly verbose?: boolean;
  readonly indicateCurrent?: boolean;
  readonly graph?: boolean;
  readonly log?: boolean;
}

/** `mig history`: the revisions, newest first. A database is asked only for -i and `current`. */
export async function history(options: HistoryOptions): Promise<void> {
  const project = await openProject(options);
  if (options.log) return printLog(project, options);
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

/** `--log`: what was run, newest first. The files are not asked: the log knows revisions that have none any more. */
async function printLog(project: Project, options: HistoryOptions): Promise<void> {
  const { logDocument, logText } = await import("../log-text.ts");
  const rows = await withSession(project, { readOnly: true }, ({ connection }) => connection.log());
  const undone = rolledBackAt(rows);
  const newest = rows.toReversed().map((row) => ({ row, undoneAt: undone.get(row.run) ?? null }));
  if (options.json) printJson(newest.map(({ row, undoneAt }) => logDocument(row, undoneAt)));
  else if (newest.length === 0) note("nothing was run yet");
  else {
    const { verbose = false } = options;
    print(newest.map(({ row, undoneAt }) => logText(row, { verbose, undoneAt })).join("\n"));
  }
}
