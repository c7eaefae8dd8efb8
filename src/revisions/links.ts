import { fail } from "../errors.ts";
import { nearest } from "./nearest.ts";
import type { Revision } from "./revision.ts";

/** The neighbours of one revision. All lists are without repetition; those that look up are in the order of files. */
export interface Links {
  readonly revision: Revision;
  readonly parents: Revision[];
  readonly dependencies: Revision[];
  /** Parents, then dependencies. */
  readonly prerequisites: Revision[];
  readonly children: Revision[];
  readonly dependents: Revision[];
  /** Children and dependents. */
  readonly followers: Revision[];
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

/** Who follows and who needs whom. Throws MISSING_PARENT, SELF_LOOP and DEPENDENCY_SELF_LOOP. */
export function linkRevisions(
  byId: ReadonlyMap<string, Revision>,
  byLabel: ReadonlyMap<string, Revision>,
): Map<string, Links> {
  const links = new Map<string, Links>();
  for (const revision of byId.values()) links.set(revision.id, downwards(revision, byId, byLabel));
  for (const { revision, parents, dependencies, prerequisites } of links.values()) {
    for (const parent of parents) links.get(parent.id)?.children.push(revision);
    for (const dependency of dependencies) links.get(dependency.id)?.dependents.push(revision);
    for (const either of prerequisites) links.get(either.id)?.followers.push(revision);
  }
  return links;
}

function downwards(
  revision: Revision,
  byId: ReadonlyMap<string, Revision>,
  byLabel: ReadonlyMap<string, Revision>,
): Links {
  const named = (name: string) => byId.get(name) ?? byLabel.get(name);
  const missing = (parent: string, kind: "downRevision" | "dependsOn") =>
    failMissing(revision, { parent, kind }, byId);
  const parents = revision.downRevisions.map((id) => byId.get(id) ?? missing(id, "downRevision"));
  const dependencies = revision.dependsOn.map((name) => named(name) ?? missing(name, "dependsOn"));
  const at = { revision: revision.id, location: revision.file };
  if (parents.includes(revision)) fail("SELF_LOOP", { revision: revision.id }, at);
  if (dependencies.includes(revision)) fail("DEPENDENCY_SELF_LOOP", { revision: revision.id }, at);
  return {
    revision,
    parents: distinct(parents),
    dependencies: distinct(dependencies),
    prerequisites: distinct(dependencies.length ? [...parents, ...dependencies] : parents),
    children: [],
    dependents: [],
    followers: [],
  };
}

function distinct(revisions: Revision[]): Revision[] {
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
