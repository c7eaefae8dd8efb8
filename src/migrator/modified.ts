/** Files that changed after they ran. */
import type { LogRow } from "../dialects/dialect.ts";
import { fail } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import { appliedRevisions, modifiedFiles } from "../runtime/applied-files.ts";
import { checksumOf } from "../runtime/checksum.ts";
import { readLedger } from "../runtime/ledger.ts";

/** Refuse to go on from files that are not what ran: REVISION_MODIFIED; or give the files, where that is allowed. */
export async function refuseModified(
  graph: RevisionGraph,
  heads: readonly string[],
  log: readonly LogRow[],
  allowModified: boolean,
): Promise<readonly string[]> {
  const ledger = readLedger(log);
  const applied = appliedRevisions(graph, heads, ledger);
  const [first, ...others] = modifiedFiles(graph, applied, ledger, checksumOf);
  if (first === undefined) return [];
  if (allowModified) return [first, ...others].map(({ revision }) => revision.file);
  const { id, file } = first.revision;
  const { committedAs } = await import("./committed.ts");
  const commit = committedAs(first.revision, first.recorded);
  fail(
    "REVISION_MODIFIED",
    { ...first, revision: id, file, commit, others: others.map(({ revision }) => revision.id) },
    { revision: id, location: file, state: "nothing was run" },
  );
}
