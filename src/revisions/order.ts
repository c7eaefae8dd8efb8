import { fail } from "../errors.ts";
import type { Links } from "./links.ts";
import type { Revision } from "./revision.ts";

type LinksById = ReadonlyMap<string, Links>;
type Edges = (links: Links) => readonly Revision[];

/**
 * All revisions, oldest first: depth first and branch by branch from the heads in the order of files, parents before
 * dependencies as they are written. Throws CYCLE and DEPENDENCY_CYCLE.
 */
export function upgradeOrder(links: LinksById): Revision[] {
  const heads = [...links.values()].filter(({ followers }) => followers.length === 0);
  const { order, cycle } = depthFirst(links, heads, ({ prerequisites }) => prerequisites);
  // A cycle that no head leads to is not found from the heads, but is missing from the order.
  if (cycle || order.length < links.size) failCycle(links);
  return order;
}

function failCycle(links: LinksById): never {
  const starts = [...links.values()];
  const down = depthFirst(links, starts, ({ parents }) => parents).cycle;
  const found = down ?? depthFirst(links, starts, ({ prerequisites }) => prerequisites).cycle ?? [];
  const [first] = found;
  fail(
    down ? "CYCLE" : "DEPENDENCY_CYCLE",
    {
      revisions: [...found, ...found.slice(0, 1)].map(({ id }) => id),
      files: found.map(({ file }) => file),
    },
    first ? { revision: first.id, location: first.file } : {},
  );
}

/** Post-order without recursion: a history of 10,000 revisions is deeper than the stack. */
function depthFirst(
  links: LinksById,
  starts: readonly Links[],
  edges: Edges,
): { order: Revision[]; cycle: Revision[] | null } {
  const order: Revision[] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of starts) {
    const path: { at: Links; next: number }[] = [];
    let entering: Links | undefined = state.has(start.revision.id) ? undefined : start;
    while (entering || path.length > 0) {
      if (entering) {
        state.set(entering.revision.id, "open");
        path.push({ at: entering, next: 0 });
        entering = undefined;
      }
      const top = path.at(-1);
      if (!top) break;
      const below = edges(top.at)[top.next++];
      if (!below) {
        state.set(top.at.revision.id, "done");
        order.push(top.at.revision);
        path.pop();
      } else if (state.get(below.id) === "open") {
        return { order, cycle: fromRevision(path, below) };
      } else if (!state.has(below.id)) {
        entering = links.get(below.id);
      }
    }
  }
  return { order, cycle: null };
}

function fromRevision(path: readonly { at: Links }[], revision: Revision): Revision[] {
  const revisions = path.map(({ at }) => at.revision);
  return revisions.slice(revisions.indexOf(revision));
}
