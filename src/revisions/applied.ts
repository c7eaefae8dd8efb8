import { fail } from "../errors.ts";
import type { RevisionGraph } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** What the version table says: its rows, and all that they imply. */
export interface Applied {
  /** In the order of files. */
  readonly heads: readonly Revision[];
  /** The rows and all their ancestors, by downRevision and by dependsOn. */
  readonly revisions: ReadonlySet<Revision>;
}

/** What the rows of a version table mean. Throws UNKNOWN_CURRENT_REVISION and OVERLAPPING_HEADS. */
export function readApplied(graph: RevisionGraph, rows: readonly string[]): Applied {
  const named = new Set(rows.map((row) => graph.find(row) ?? failUnknown(graph, row)));
  const heads = graph.inFileOrder(named);
  checkOverlap(graph, heads);
  let revisions: ReadonlySet<Revision> | undefined;
  return {
    heads,
    // Where there is nothing to do nobody asks.
    get revisions() {
      revisions ??= graph.ancestors(heads, "all");
      return revisions;
    },
  };
}

function failUnknown(graph: RevisionGraph, revision: string): never {
  fail("UNKNOWN_CURRENT_REVISION", { revision, nearest: graph.nearest(revision) });
}

/** Refuse heads of which one is below another. Throws OVERLAPPING_HEADS. */
export function checkOverlap(graph: RevisionGraph, heads: readonly Revision[]): void {
  const maximal = graph.maximal(heads);
  if (maximal.length === heads.length) return;
  const lower = heads.find((head) => !maximal.includes(head));
  if (!lower) return;
  const other = maximal.find((head) => graph.ancestors([head], "all").has(lower));
  fail("OVERLAPPING_HEADS", { revision: lower.id, other: other?.id ?? "" });
}

/** The one definition of heads: those of `applied` that none of `applied` follows or depends on, in the order of files. */
export function headsOf(graph: RevisionGraph, applied: ReadonlySet<Revision>): Revision[] {
  return graph.all.filter(
    (each) => applied.has(each) && !graph.followers(each).some((follower) => applied.has(follower)),
  );
}

/** The revisions that an upgrade to `heads` would run, oldest first. */
export function pendingRevisions(graph: RevisionGraph, rows: readonly string[]): Revision[] {
  const applied = readApplied(graph, rows).revisions;
  return graph.order.filter((each) => !applied.has(each));
}

/** True if every head of the history is applied, be it only because another one depends on it. */
export function isAtHead(graph: RevisionGraph, rows: readonly string[]): boolean {
  const applied = readApplied(graph, rows).revisions;
  return graph.realHeads.every((head) => applied.has(head));
}

/** The rows of the version table that one step removes and adds. */
export interface RowChange {
  readonly removes: readonly string[];
  readonly adds: readonly string[];
}

/** The rows of the version table while revisions are run one after another: always exactly the heads. */
export class VersionRows {
  readonly #graph: RevisionGraph;
  /** How many applied revisions follow or depend on each applied revision. Heads have none. */
  readonly #followers = new Map<Revision, number>();
  readonly #heads = new Set<Revision>();

  constructor(graph: RevisionGraph, applied: Applied) {
    this.#graph = graph;
    for (const each of applied.revisions) this.#followers.set(each, 0);
    for (const each of applied.revisions) {
      for (const needed of graph.prerequisites(each)) this.#count(needed, 1);
    }
    for (const head of applied.heads) this.#heads.add(head);
  }

  get heads(): readonly Revision[] {
    return this.#graph.inFileOrder(this.#heads);
  }

  isHead(revision: Revision): boolean {
    return this.#heads.has(revision);
  }

  /** Count `revision`, whose prerequisites are applied, as applied. */
  up(revision: Revision): RowChange {
    const needed = this.#graph.prerequisites(revision);
    const replaced = needed.filter((each) => this.#heads.delete(each));
    for (const each of needed) this.#count(each, 1);
    this.#followers.set(revision, 0);
    this.#heads.add(revision);
    return { removes: ids(replaced), adds: [revision.id] };
  }

  /** Count `revision`, which is a head, as not applied. */
  down(revision: Revision): RowChange {
    this.#heads.delete(revision);
    this.#followers.delete(revision);
    const freed = this.#graph
      .prerequisites(revision)
      .filter((needed) => this.#count(needed, -1) === 0);
    for (const each of freed) this.#heads.add(each);
    return { removes: [revision.id], adds: ids(freed) };
  }

  #count(revision: Revision, by: 1 | -1): number {
    const followers = (this.#followers.get(revision) ?? 0) + by;
    this.#followers.set(revision, followers);
    return followers;
  }
}

function ids(revisions: readonly Revision[]): string[] {
  return revisions.map(({ id }) => id);
}
