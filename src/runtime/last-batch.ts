/** Which revisions `downgrade --batch` undoes. */
import type { LogRow } from "../dialects/dialect.ts";
import { fail } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { BatchRevisions } from "../revisions/undo-set.ts";
import { appliedRevisions } from "./applied-files.ts";
import { readLedger } from "./ledger.ts";

/** What the last upgrade of which anything is still applied has applied. Throws NO_BATCH. */
export function lastBatch(
  graph: RevisionGraph,
  heads: readonly string[],
  log: readonly LogRow[],
): BatchRevisions {
  const ledger = readLedger(log);
  const runs = [...appliedRevisions(graph, heads, ledger)].flatMap(({ id }) => {
    const row = ledger.get(id)?.applied;
    return row?.direction === "up" ? [row] : [];
  });
  if (runs.length === 0) fail("NO_BATCH", {});
  const batch = Math.max(...runs.map((row) => row.batch));
  const revisions = runs.filter((row) => row.batch === batch).map(({ revision }) => revision);
  return { batch, revisions };
}
