/** What became of every revision, from the files, the version table and the log. */
import type { LogRow } from "../dialects/dialect.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";
import { appliedRevisions, modifiedFiles } from "./applied-files.ts";
import { type LedgerEntry, readLedger } from "./ledger.ts";

export type RevisionState = "applied" | "pending" | "modified" | "failed" | "missing";

export interface RevisionStatus {
  readonly revision: string;
  readonly message: string;
  readonly state: RevisionState;
  /** ISO 8601, UTC; null where it is not applied, or was before there was a log. */
  readonly appliedAt: string | null;
  readonly ms: number | null;
  readonly batch: number | null;
  readonly checksum: string | null;
  /** What the last run of a failed revision said; absent elsewhere. */
  readonly error?: string;
}

/** The status of every file of the history, oldest first, and of every applied revision that has no file. */
export function revisionStatus(
  graph: RevisionGraph,
  heads: readonly string[],
  log: readonly LogRow[],
  checksumOf: (revision: Revision) => string,
): readonly RevisionStatus[] {
  const ledger = readLedger(log);
  const missing = heads.filter((id) => !graph.has(id));
  const applied = appliedRevisions(graph, heads, ledger);
  const files = modifiedFiles(graph, applied, ledger, checksumOf);
  const modified = new Set(files.map(({ revision }) => revision));
  return [
    ...graph.order.map((revision) => {
      const { id, message } = revision;
      const entry = ledger.get(id);
      if (!applied.has(revision)) return pendingRow(id, message, entry);
      return appliedRow(id, message, modified.has(revision) ? "modified" : "applied", entry);
    }),
    ...missing.map((id) => {
      const entry = ledger.get(id);
      return appliedRow(id, entry?.applied?.message ?? "", "missing", entry);
    }),
  ];
}

function appliedRow(
  revision: string,
  message: string,
  state: RevisionState,
  entry: LedgerEntry | undefined,
): RevisionStatus {
  const row = entry?.applied;
  return {
    revision,
    message,
    state,
    appliedAt: row?.startedAt ?? null,
    ms: row?.ms ?? null,
    batch: row?.batch ?? null,
    checksum: entry?.checksum ?? null,
  };
}

function pendingRow(
  revision: string,
  message: string,
  entry: LedgerEntry | undefined,
): RevisionStatus {
  const failed = entry !== undefined && entry.last.success !== true;
  const error = failed ? entry.last.error : null;
  return {
    ...{ revision, message, state: failed ? "failed" : "pending" },
    ...{ appliedAt: null, ms: null, batch: null, checksum: null },
    ...(error !== null && { error }),
  };
}
