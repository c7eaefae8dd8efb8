/** The files, the log and the version table, held against each other. */
import type { LogRow } from "../dialects/dialect.ts";
import { MigError } from "../errors.ts";
import { checkOverlap } from "../revisions/applied.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";
import { appliedRevisions, type Modified, modifiedFiles } from "./applied-files.ts";
import { type Ledger, readLedger, sinceStamp } from "./ledger.ts";

export type Finding =
  /** The history cannot be read, or the heads cannot be together. */
  | { readonly kind: "graph" | "overlapping-heads"; readonly error: MigError }
  | ({ readonly kind: "modified" } & Modified)
  /** The version table names a revision without a file. */
  | { readonly kind: "unknown-head"; readonly id: string }
  /** "missing": applied, and without a file; "failed", "unfinished": its last run; the others: log against version table. */
  | {
      readonly kind: "missing" | "failed" | "unfinished" | "not-applied" | "not-undone";
      readonly id: string;
      readonly row: LogRow;
    };

export interface Verified {
  readonly graph: RevisionGraph;
  readonly heads: readonly string[];
  readonly log: readonly LogRow[];
  checksumOf(revision: Revision): string;
}

/** Everything that is not as it has to be. */
export function verify({ graph, heads, log, checksumOf }: Verified): readonly Finding[] {
  const ledger = readLedger(log);
  const recent = sinceStamp(log);
  const applied = appliedRevisions(graph, heads, ledger);
  const unknown = heads.filter((id) => !graph.has(id));
  const modified = modifiedFiles(graph, applied, ledger, checksumOf);
  return [
    ...unknown.map((id) => ({ kind: "unknown-head" as const, id })),
    ...overlapping(graph, heads),
    ...missing(graph, heads, recent),
    ...modified.map((it) => ({ kind: "modified" as const, ...it })),
    ...[...ledger].flatMap(([id, { last }]) => unsuccessful(id, last)),
    ...contradictions(graph, applied, recent),
  ];
}

function overlapping(graph: RevisionGraph, heads: readonly string[]): readonly Finding[] {
  const known = graph.inFileOrder(new Set(heads.flatMap((id) => graph.find(id) ?? [])));
  try {
    checkOverlap(graph, known);
    return [];
  } catch (error) {
    if (!(error instanceof MigError)) throw error;
    return [{ kind: "overlapping-heads", error }];
  }
}

/** What a squash replaced has no file, and needs none. */
function missing(
  graph: RevisionGraph,
  heads: readonly string[],
  ledger: Ledger,
): readonly Finding[] {
  const replaced = new Set(graph.all.flatMap(({ replaces }) => replaces));
  return [...ledger].flatMap(([id, { applied: row }]) =>
    row === null || graph.has(id) || heads.includes(id) || replaced.has(id) || row.file === ""
      ? []
      : [{ kind: "missing" as const, id, row }],
  );
}

function unsuccessful(id: string, row: LogRow): readonly Finding[] {
  if (row.success === true) return [];
  return [{ kind: row.success === null ? "unfinished" : "failed", id, row }];
}

/** The log against the version table. */
function contradictions(
  graph: RevisionGraph,
  applied: ReadonlySet<Revision>,
  recent: Ledger,
): readonly Finding[] {
  return graph.order.flatMap((revision): readonly Finding[] => {
    const { id } = revision;
    const entry = recent.get(id);
    if (entry === undefined) return [];
    const isApplied = applied.has(revision);
    if (entry.applied !== null && !isApplied)
      return [{ kind: "not-applied", id, row: entry.applied }];
    const isUndone = entry.applied === null && undoes(entry.last);
    return isUndone && isApplied ? [{ kind: "not-undone", id, row: entry.last }] : [];
  });
}

function undoes({ direction, success }: LogRow): boolean {
  return success === true && (direction === "down" || direction === "forget");
}
