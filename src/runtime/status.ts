/** What became of every revision, from the files, the version table and the log. */
import type { LogRow } from "../dialects/dialect.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";

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
}

/** The status of every file of the history, oldest first, and of every applied revision that has no file. */
export function revisionStatus(
  graph: RevisionGraph,
  heads: readonly string[],
  log: readonly LogRow[],
  checksumOf: (revision: Revision) => string,
): readonly RevisionStatus[] {
  const last = new Map(log.map((row) => [row.revision, row]));
  const succeeded = new Map(
    log.filter(({ success }) => success === true).map((row) => [row.revision, row]),
  );
  const done = new Map([...succeeded].filter(([, { direction }]) => direction !== "down"));
  const missing = heads.filter((id) => !graph.has(id));
  const known = heads.flatMap((id) => graph.find(id) ?? []);
  const applied = graph.ancestors(known, "all");
  // What lies below a head without a file is known to the log only.
  const isApplied = (revision: Revision) =>
    applied.has(revision) || (missing.length > 0 && done.has(revision.id));
  return [
    ...graph.order.map((revision) => {
      const { id, message } = revision;
      const state = isApplied(revision)
        ? appliedState(done.get(id), () => checksumOf(revision))
        : pendingState(last.get(id));
      return row(id, message, state, done.get(id));
    }),
    ...missing.map((id) => row(id, done.get(id)?.message ?? "", "missing", done.get(id))),
  ];
}

function appliedState(logged: LogRow | undefined, checksum: () => string): RevisionState {
  return logged !== undefined && logged.checksum !== checksum() ? "modified" : "applied";
}

function pendingState(last: LogRow | undefined): RevisionState {
  return last !== undefined && last.success !== true ? "failed" : "pending";
}

function row(
  revision: string,
  message: string,
  state: RevisionState,
  logged: LogRow | undefined,
): RevisionStatus {
  const told = state === "pending" || state === "failed" ? undefined : logged;
  return {
    revision,
    message,
    state,
    appliedAt: told?.startedAt ?? null,
    ms: told?.ms ?? null,
    batch: told?.batch ?? null,
    checksum: told?.checksum ?? null,
  };
}
