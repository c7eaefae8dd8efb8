import { fail } from "../errors.ts";
import { nearest } from "./nearest.ts";
import type { Revision } from "./revision.ts";

/** The neighbours of one revision. All lists are without repetition; those that look up are in the order of files. */
export interface Links {
  readonly revision: Revision;
  readonly parents: readonly Revision[];
  readonly dependencies: readonly Revision[];
  /** Parents, then dependencies. */
  readonly prerequisites: readonly Revision[];
  readonly children: readonly Revision[];
  readonly dependents: readonly Revision[];
  /** Children and dependents. */
  readonly followers: readonly Revision[];
}

/** Revisions by id, in the order of files. Throws DUPLICATE_REVISION. */
export function indexById(revisions: readonly Revision[]): Map<string, Revision> {
  const byId = new Map<string, Revision>();
  for (const revision of revisions) {
    if (byId.has(revision.id)) failDuplicate(revision, revisions);
    byId.set(revision.id, revision);
  }
  return byId;
}

function failDuplicate({ id, file }: Revision, revisions: readonly Revision[]): never {
  const files = revisions.filter((other) => other.id === id).map((other) => other.file);
  fail("DUPLICATE_REVISION", { revision: id, files }, { revision: id, location: file });
}

/** The revision that declares each branch label. Throws LABEL_CLASH. */
export function indexByLabel(byId: ReadonlyMap<string, Revision>): Map<string, Revision> {
  const byLabel = new Map<string, Revision>();
  for (const revision of byId.values()) {
    for (const label of revision.branchLabels) {
      const other = byId.get(label) ?? byLabel.get(label);
      if (other && (other !== revision || label === revision.id)) failClash(label, other, revision);
      byLabel.set(label, revision);
    }
  }
  return byLabel;
}

function failClash(label: string, first: Revision, second: Revision): never {
  const revisions = [...new Set([first.id, second.id])];
  const files = [...new Set([first.file, second.file])];
  fail("LABEL_CLASH", { label, revisions, files }, { revision: second.id, location: second.file });
}

/** Shared by all that have no such neighbours: with 10,000 revisions, lists of nothing cost more than the rest. */
const none: readonly Revision[] = [];

type Growing = { -readonly [Key in keyof Links]: Links[Key] };

/** Who follows and who needs whom. Throws MISSING_PARENT, SELF_LOOP and DEPENDENCY_SELF_LOOP. */
export function linkRevisions(
  byId: ReadonlyMap<string, Revision>,
  byLabel: ReadonlyMap<string, Revision>,
): Map<string, Links> {
  const links = new Map<string, Growing>();
  for (const revision of byId.values()) links.set(revision.id, downwards(revision, byId, byLabel));
  for (const { revision, parents, dependencies, prerequisites } of links.values()) {
    for (const { id } of parents) grow(links.get(id), "children", revision);
    for (const { id } of dependencies) grow(links.get(id), "dependents", revision);
    for (const { id } of prerequisites) grow(links.get(id), "followers", revision);
  }
  return links;
}

function grow(
  links: Growing | undefined,
  list: "children" | "dependents" | "followers",
  revision: Revision,
): void {
  if (links === undefined) return;
  if (links[list] === none) links[list] = [revision];
  else (links[list] as Revision[]).push(revision);
}

function downwards(
  revision: Revision,
  byId: ReadonlyMap<string, Revision>,
  byLabel: ReadonlyMap<string, Revision>,
): Growing {
  const parents = lookUp(revision, "downRevision", byId, null);
  const dependencies = lookUp(revision, "dependsOn", byId, byLabel);
  const at = { revision: revision.id, location: revision.file };
  if (parents.includes(revision)) fail("SELF_LOOP", { revision: revision.id }, at);
  if (dependencies.includes(revision)) fail("DEPENDENCY_SELF_LOOP", { revision: revision.id }, at);
  const both = dependencies.length === 0 ? parents : distinct([...parents, ...dependencies]);
  return {
    revision,
    parents,
    dependencies,
    prerequisites: both,
    children: none,
    dependents: none,
    followers: none,
  };
}

/** The revisions that a header names. Throws MISSING_PARENT. */
function lookUp(
  revision: Revision,
  kind: "downRevision" | "dependsOn",
  byId: ReadonlyMap<string, Revision>,
  byLabel: ReadonlyMap<string, Revision> | null,
): readonly Revision[] {
  const names = kind === "downRevision" ? revision.downRevisions : revision.dependsOn;
  if (names.length === 0) return none;
  return distinct(
    names.map(
      (name) =>
        byId.get(name) ?? byLabel?.get(name) ?? failMissing(revision, { parent: name, kind }, byId),
    ),
  );
}

function distinct(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.length < 2 ? revisions : [...new Set(revisions)];
}

function failMissing(
  { id, file }: Revision,
  missing: { parent: string; kind: "downRevision" | "dependsOn" },
  byId: ReadonlyMap<string, Revision>,
): never {
  const squashed = [...byId.values()].filter(({ replaces }) => replaces.includes(missing.parent));
  const alike = squashed.length
    ? squashed.map((revision) => revision.id)
    : nearest(missing.parent, byId.keys());
  fail(
    "MISSING_PARENT",
    { revision: id, ...missing, nearest: alike },
    { revision: id, location: file },
  );
}
