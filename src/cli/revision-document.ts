/** A revision as `--json` prints it. */
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";

/** `current` holds the applied heads; null where no database was asked. */
export function revisionDocument(
  graph: RevisionGraph,
  revision: Revision,
  current: ReadonlySet<string> | null,
) {
  const children = graph.children(revision).length;
  return {
    revision: revision.id,
    downRevision: revision.downRevisions,
    dependsOn: revision.dependsOn,
    branchLabels: revision.branchLabels,
    message: revision.message,
    file: revision.file,
    createdAt: revision.createdAt,
    isHead: children === 0,
    isBase: revision.downRevisions.length === 0,
    isBranchPoint: children > 1,
    isMergePoint: revision.downRevisions.length > 1,
    isCurrent: current === null ? null : current.has(revision.id),
  };
}
