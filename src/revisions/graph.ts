import { fail } from "../errors.ts";
import { indexById, indexByLabel, type Links, linkRevisions } from "./links.ts";
import { nearest } from "./nearest.ts";
import { upgradeOrder } from "./order.ts";
import type { Revision } from "./revision.ts";

/** Which edges a walk follows: `down` is downRevision only, `all` is dependsOn as well. */
export type EdgeKind = "down" | "all";

/**
 * The history: a graph without cycles, complete and with distinct names, in the order of files. Its constructor throws
 * DUPLICATE_REVISION, LABEL_CLASH, MISSING_PARENT, SELF_LOOP, DEPENDENCY_SELF_LOOP, CYCLE and DEPENDENCY_CYCLE.
 */
export class RevisionGraph {
  /** In the order of files. */
  readonly all: readonly Revision[];
  /** Oldest first: the order of an upgrade of everything; `mig history` shows it the other way round. */
  readonly order: readonly Revision[];
  /** The revision that declares each branch label. */
  readonly labels: ReadonlyMap<string, Revision>;
  readonly #byId: ReadonlyMap<string, Revision>;
  readonly #links: ReadonlyMap<string, Links>;

  constructor(revisions: readonly Revision[]) {
    this.all = revisions;
    this.#byId = indexById(revisions);
    this.labels = indexByLabel(this.#byId);
    this.#links = linkRevisions(this.#byId, this.labels);
    this.order = upgradeOrder(this.#links);
  }

  /** The revisions that no revision names as downRevision. */
  get heads(): readonly Revision[] {
    return this.#where(({ children }) => children.length === 0);
  }

  /** The revisions that no revision names as downRevision or depends on. */
  get realHeads(): readonly Revision[] {
    return this.#where(({ followers }) => followers.length === 0);
  }

  get bases(): readonly Revision[] {
    return this.#where(({ parents }) => parents.length === 0);
  }

  get branchPoints(): readonly Revision[] {
    return this.#where(({ children }) => children.length > 1);
  }

  get mergePoints(): readonly Revision[] {
    return this.#where(({ parents }) => parents.length > 1);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  find(id: string): Revision | undefined {
    return this.#byId.get(id);
  }

  /** The revision with exactly this id. Throws NO_SUCH_REVISION. */
  get(id: string): Revision {
    return this.#byId.get(id) ?? fail("NO_SUCH_REVISION", { name: id, nearest: this.nearest(id) });
  }

  /** The ids and labels that `name` may have been meant to be. A squashed id stands for its squash. */
  nearest(name: string): string[] {
    const squashed = this.all.filter(({ replaces }) => replaces.includes(name)).map(({ id }) => id);
    return squashed.length
      ? squashed
      : nearest(name, [...this.#byId.keys(), ...this.labels.keys()]);
  }

  parents(revision: Revision): readonly Revision[] {
    return this.#of(revision).parents;
  }

  /** What `dependsOn` means: labels stand for the revision that declares them. */
  dependencies(revision: Revision): readonly Revision[] {
    return this.#of(revision).dependencies;
  }

  /** Parents, then dependencies, without repetition. */
  prerequisites(revision: Revision): readonly Revision[] {
    return this.#of(revision).prerequisites;
  }

  children(revision: Revision): readonly Revision[] {
    return this.#of(revision).children;
  }

  dependents(revision: Revision): readonly Revision[] {
    return this.#of(revision).dependents;
  }

  /** Children and dependents, without repetition. */
  followers(revision: Revision): readonly Revision[] {
    return this.#of(revision).followers;
  }

  /** `revisions` and everything below them. */
  ancestors(revisions: Iterable<Revision>, edges: EdgeKind): Set<Revision> {
    return closure(revisions, (each) => {
      const { parents, prerequisites } = this.#of(each);
      return edges === "down" ? parents : prerequisites;
    });
  }

  /** `revisions` and everything above them; with `among`, without leaving that set. */
  descendants(
    revisions: Iterable<Revision>,
    edges: EdgeKind,
    among?: ReadonlySet<Revision>,
  ): Set<Revision> {
    return closure(
      revisions,
      (each) => {
        const { children, followers } = this.#of(each);
        return edges === "down" ? children : followers;
      },
      among,
    );
  }

  /** Those of `revisions` that no other of them follows or depends on, however far, in the order of files. */
  maximal(revisions: readonly Revision[]): Revision[] {
    if (revisions.length < 2) return [...revisions];
    const covered = this.ancestors(
      revisions.flatMap((each) => this.prerequisites(each)),
      "all",
    );
    return this.inFileOrder(new Set(revisions.filter((each) => !covered.has(each))));
  }

  /** `revisions` oldest first, each after what it needs: a part of `order`. */
  inUpgradeOrder(revisions: ReadonlySet<Revision>): Revision[] {
    return revisions.size === 0 ? [] : this.order.filter((each) => revisions.has(each));
  }

  inFileOrder(revisions: ReadonlySet<Revision>): Revision[] {
    return revisions.size < 2 ? [...revisions] : this.all.filter((each) => revisions.has(each));
  }

  #of(revision: Revision): Links {
    return this.#links.get(revision.id) ?? fail("NO_SUCH_REVISION", { name: revision.id });
  }

  #where(test: (links: Links) => boolean): Revision[] {
    return this.all.filter((revision) => test(this.#of(revision)));
  }
}

function closure(
  starts: Iterable<Revision>,
  neighbours: (revision: Revision) => readonly Revision[],
  among?: ReadonlySet<Revision>,
): Set<Revision> {
  const reached = new Set<Revision>();
  for (const start of starts) if (!among || among.has(start)) reached.add(start);
  // A Set that grows while it is iterated is visited to its end: it is its own queue.
  for (const each of reached) {
    for (const neighbour of neighbours(each)) {
      if (!among || among.has(neighbour)) reached.add(neighbour);
    }
  }
  return reached;
}
