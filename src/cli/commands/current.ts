import { isAtHead, pendingRevisions } from "../../revisions/applied.ts";
import { currentRevisions } from "../../revisions/history.ts";
import { note, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { printRevisions } from "../revision-list.ts";
import { withSession } from "../session.ts";

interface CurrentOptions extends GlobalOptions {
  readonly verbose?: boolean;
  readonly checkHeads?: boolean;
}

/** `mig current`: where the database is. Reads and creates nothing. */
export async function current(options: CurrentOptions): Promise<number> {
  const project = await openProject(options);
  const graph = project.graph();
  return withSession(project, { readOnly: true }, async ({ dialect, connection }) => {
    const rows = (await connection.state()).heads ?? [];
    const found = currentRevisions(graph, rows);
    const atHead = isAtHead(graph, rows);
    const pending = pendingRevisions(graph, rows).length;
    if (options.json) {
      printJson({
        dialect: dialect.name,
        current: found.map(({ id }) => id),
        heads: graph.heads.map(({ id }) => id),
        pending,
        atHead,
      });
    } else {
      printRevisions(graph, found, null, options);
      if (found.length === 0) note("the database is at base");
      const command = graph.heads.length > 1 ? "mig upgrade heads" : "mig upgrade";
      if (pending > 0)
        note(`${pending} pending; \`${command}\` runs ${pending === 1 ? "it" : "them"}`);
    }
    return options.checkHeads && !atHead ? 1 : 0;
  });
}
