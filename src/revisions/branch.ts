import type { RevisionGraph } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** Everything on a line with `revision` by downRevision: what is below it, itself, and what is above it. */
export function lineage(graph: RevisionGraph, revision: Revision): Set<Revision> {
  const line = graph.ancestors([revision], "down");
  for (const each of graph.descendants([revision], "down")) line.add(each);
  return line;
}

/**
 * The revisions that hold a branch label: the one that declares it, all that follow it, and those below it as far as
 * the branch point or merge point that the branch starts from, which is not part of it.
 */
export function branchMembers(graph: RevisionGraph, declaring: Revision): Set<Revision> {
  const members = graph.descendants([declaring], "down");
  let [below, ...others] = graph.parents(declaring);
  while (below && others.length === 0 && isOnLine(graph, below)) {
    members.add(below);
    [below, ...others] = graph.parents(below);
  }
  return members;
}

function isOnLine(graph: RevisionGraph, revision: Revision): boolean {
  return graph.children(revision).length === 1 && graph.parents(revision).length < 2;
}

/** The branch labels that each revision holds, by id, in the order of the files that declare them. */
export function labelsByRevision(graph: RevisionGraph): Map<string, readonly string[]> {
  const labels = new Map<string, string[]>();
  for (const [label, declaring] of graph.labels) {
    for (const { id } of branchMembers(graph, declaring)) {
      const held = labels.get(id);
      if (held) held.push(label);
      else labels.set(id, [label]);
    }
  }
  return labels;
}
