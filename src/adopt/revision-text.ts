/** The .sql revision that an old migration becomes. The same migration always gives the same text. */
import { oneLine } from "./names.ts";
import type { OldRevision } from "./system.ts";

/** No `-- DOWN` section: a downgrade is refused until somebody writes one. */
const noDown = `-- TODO: there was nothing to undo this with, so that \`mig downgrade\` stops here. Write what undoes it
-- below a line that says: -- DOWN`;

export function revisionText(revision: OldRevision, system: string): string {
  const { id, downRevisions, dependsOn, branchLabels, body, notes } = revision;
  const header = [
    `-- message: ${oneLine(revision.message)}`,
    `-- revision: ${id}`,
    `-- down-revision: ${downRevisions.join(", ") || "none"}`,
    ...(branchLabels.length > 0 ? [`-- branch-labels: ${branchLabels.join(", ")}`] : []),
    ...(dependsOn.length > 0 ? [`-- depends-on: ${dependsOn.join(", ")}`] : []),
    ...(revision.transaction ? [] : ["-- transaction: false"]),
    ...(revision.createdAt === null ? [] : [`-- created: ${revision.createdAt}`]),
    ...(revision.author === null ? [] : [`-- author: ${oneLine(revision.author)}`]),
    `-- imported: ${system}, ${revision.from}`,
    ...notes.map((note) => `-- note: ${note}`),
  ];
  const down = body.down === null ? noDown : `-- DOWN\n${body.down}`;
  const scripts = "sections" in body ? body.sections : `-- UP\n${body.up}\n\n${down}`;
  return `${header.join("\n")}\n\n${scripts}\n`;
}
