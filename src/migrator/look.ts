/** Looking at a database: nothing is changed, and nothing is created. */
import type { DialectName } from "../model/schema.ts";
import { isAtHead, pendingRevisions } from "../revisions/applied.ts";
import { currentRevisions } from "../revisions/history.ts";
import type { Revision } from "../revisions/revision.ts";
import { checksumOf } from "../runtime/checksum.ts";
import { type RevisionStatus, revisionStatus } from "../runtime/status.ts";
import type { Project } from "./project.ts";
import { withSession } from "./session.ts";

/** Where a database is. */
export interface CurrentDocument {
  readonly dialect: DialectName;
  /** The revisions that it is at; none at base. */
  readonly current: readonly string[];
  /** Those of the history. */
  readonly heads: readonly string[];
  /** How many revisions are not applied. */
  readonly pending: number;
  /** Whether every head of the history is applied. */
  readonly atHead: boolean;
}

/** What became of each revision. */
export interface StatusDocument {
  readonly dialect: DialectName;
  readonly revisions: readonly RevisionStatus[];
}

/** Where the database of the environment is, and the revisions behind the ids. */
export function currentOf(
  project: Project,
): Promise<{ readonly document: CurrentDocument; readonly found: readonly Revision[] }> {
  const graph = project.graph();
  return withSession(project, { readOnly: true }, async ({ dialect, connection }) => {
    const rows = (await connection.state()).heads ?? [];
    const found = currentRevisions(graph, rows);
    const document = {
      dialect: dialect.name,
      current: found.map(({ id }) => id),
      heads: graph.heads.map(({ id }) => id),
      pending: pendingRevisions(graph, rows).length,
      atHead: isAtHead(graph, rows),
    };
    return { document, found };
  });
}

export function statusOf(project: Project): Promise<StatusDocument> {
  const graph = project.graph();
  return withSession(project, { readOnly: true }, async ({ dialect, connection }) => {
    const { heads } = await connection.state();
    const revisions = revisionStatus(graph, heads ?? [], await connection.log(), checksumOf);
    return { dialect: dialect.name, revisions };
  });
}
