import { MigError } from "../../errors.ts";
import type { RevisionGraph } from "../../revisions/graph.ts";
import { checksumOf } from "../../runtime/checksum.ts";
import { type Finding, verify } from "../../runtime/verify.ts";
import { findingDocument } from "../finding-text.ts";
import { colours, note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject, type Project } from "../project.ts";
import { withSession } from "../session.ts";

/** `mig verify`: the files, the graph, the log and the version table. Ends with 1 where one does not fit the others. */
export async function verifyCommand(options: GlobalOptions): Promise<number> {
  const project = await openProject(options);
  const graph = readGraph(project);
  const findings = "kind" in graph ? [graph] : await verifyDatabase(project, graph);
  const documents = findings.map(findingDocument);
  if (options.json) printJson({ findings: documents });
  else {
    for (const { kind, message, help } of documents)
      print(`${colours.red(kind.padEnd(17))}  ${message}\n${" ".repeat(19)}${colours.dim(help)}`);
    const summary = `${documents.length} finding${documents.length === 1 ? "" : "s"}`;
    if (documents.length === 0) print("files, log and version table agree");
    else note(summary);
  }
  return documents.length === 0 ? 0 : 1;
}

/** Without a history there is nothing to hold a database against. */
function readGraph(project: Project): RevisionGraph | Finding {
  try {
    return project.graph();
  } catch (error) {
    if (!(error instanceof MigError)) throw error;
    return { kind: "graph", error };
  }
}

function verifyDatabase(project: Project, graph: RevisionGraph): Promise<readonly Finding[]> {
  return withSession(project, { readOnly: true }, async ({ connection }) => {
    const { heads } = await connection.state();
    return verify({ graph, heads: heads ?? [], log: await connection.log(), checksumOf });
  });
}
