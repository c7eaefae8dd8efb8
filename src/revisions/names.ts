import { fail } from "../errors.ts";
import { lineage } from "./branch.ts";
import type { RevisionGraph } from "./graph.ts";
import type { Revision } from "./revision.ts";
import type { Target } from "./target.ts";

/** The branch that a target names before its @. */
export interface Branch {
  /** As the user wrote it. */
  readonly text: string;
  /** The revision that was named, or that declares the label. */
  readonly revision: Revision;
  readonly isLabel: boolean;
  /** Everything on a line with that revision. */
  readonly lineage: ReadonlySet<Revision>;
}

/** The branch of `target`, or null. Throws NO_SUCH_REVISION and AMBIGUOUS_PARTIAL. */
export function branchOf(graph: RevisionGraph, { branch: text }: Target): Branch | null {
  if (text === null) return null;
  const { revision, isLabel } = lookUp(graph, text, null);
  return { text, revision, isLabel, lineage: lineage(graph, revision) };
}

/**
 * The revision that an id, a label, or a unique prefix of either means; on `branch` if one is given. Throws
 * NO_SUCH_REVISION, AMBIGUOUS_PARTIAL and NOT_MEMBER_OF_BRANCH.
 */
export function findRevision(graph: RevisionGraph, text: string, branch: Branch | null): Revision {
  return lookUp(graph, text, branch).revision;
}

interface Named {
  readonly name: string;
  readonly revision: Revision;
  readonly isLabel: boolean;
}

function lookUp(graph: RevisionGraph, text: string, branch: Branch | null): Named {
  const meant = exactly(graph, text) ?? startingWith(graph, text);
  const onBranch = branch ? meant.filter(({ revision }) => branch.lineage.has(revision)) : meant;
  const [first] = onBranch;
  if (!first) return failUnfound(graph, text, { branch, elsewhere: meant[0] });
  if (onBranch.every(({ revision }) => revision === first.revision)) return first;
  fail("AMBIGUOUS_PARTIAL", { prefix: text, candidates: onBranch.map(({ name }) => name) });
}

function exactly(graph: RevisionGraph, name: string): Named[] | undefined {
  const byId = graph.find(name);
  const revision = byId ?? graph.labels.get(name);
  return revision && [{ name, revision, isLabel: !byId }];
}

function startingWith(graph: RevisionGraph, prefix: string): Named[] {
  const found: Named[] = [];
  for (const revision of graph.all) {
    if (revision.id.startsWith(prefix)) found.push({ name: revision.id, revision, isLabel: false });
  }
  for (const [label, revision] of graph.labels) {
    if (label.startsWith(prefix)) found.push({ name: label, revision, isLabel: true });
  }
  return found;
}

function failUnfound(
  graph: RevisionGraph,
  text: string,
  { branch, elsewhere }: { branch: Branch | null; elsewhere: Named | undefined },
): never {
  if (branch && elsewhere) {
    fail("NOT_MEMBER_OF_BRANCH", { revision: elsewhere.revision.id, branch: branch.text });
  }
  fail("NO_SUCH_REVISION", {
    name: text,
    nearest: graph.nearest(text),
    tooShort: text.length < 4,
  });
}
