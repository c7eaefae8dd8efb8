/** Which revisions of the history are applied, and which of their files are no longer what ran. */
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";
import type { Ledger } from "./ledger.ts";

/** The revisions that the version table implies. What lies below a head without a file is known to the log only. */
export function appliedRevisions(
  graph: RevisionGraph,
  heads: readonly string[],
  ledger: Ledger,
): ReadonlySet<Revision> {
  const implied = graph.ancestors(
    heads.flatMap((id) => graph.find(id) ?? []),
    "all",
  );
  if (heads.every((id) => graph.has(id))) return implied;
  const logged = graph.order.filter(({ id }) => ledger.get(id)?.applied);
  return new Set([...implied, ...logged]);
}

/** A file that changed after it ran. */
export interface Modified {
  readonly revision: Revision;
  /** When it was applied, ISO 8601, UTC; null where the log does not say. */
  readonly appliedAt: string | null;
  readonly recorded: string;
  readonly found: string;
}

/** Those of `applied` whose files are no longer the ones that ran, oldest first. */
export function modifiedFiles(
  graph: RevisionGraph,
  applied: ReadonlySet<Revision>,
  ledger: Ledger,
  checksumOf: (revision: Revision) => string,
): readonly Modified[] {
  return graph.inUpgradeOrder(applied).flatMap((revision) => {
    const { checksum: recorded = null, applied: row = null } = ledger.get(revision.id) ?? {};
    if (recorded === null) return [];
    const found = checksumOf(revision);
    return found === recorded
      ? []
      : [{ revision, appliedAt: row?.startedAt ?? null, recorded, found }];
  });
}
