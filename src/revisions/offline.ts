import type { RevisionGraph } from "./graph.ts";
import { failRange, splitRange } from "./range.ts";
import { resolveTarget } from "./resolve.ts";

/** What a script for `--sql` is planned from: give both to `upgradePath`, `downgradePath` or `stampPlan`. */
export interface OfflineRange {
  /** What the version table is taken to hold when the script runs. */
  readonly currentHeads: readonly string[];
  readonly targets: readonly string[];
}

/**
 * The range of a script, which asks no database. Going up, `a:b` starts at `a`, and `b` alone at the base; going down
 * both ends are needed. Throws INVALID_RANGE and the errors of targets.
 */
export function offlineRange(
  graph: RevisionGraph,
  direction: "up" | "down",
  targets: readonly string[],
): OfflineRange {
  const parts = targets.map((text) => offlinePart(graph, direction, text));
  const [first, ...others] = parts;
  const start = first?.currentHeads.join() ?? "";
  if (others.some(({ currentHeads }) => currentHeads.join() !== start)) {
    failRange(targets.join(" "), "all ranges of one script start at the same revision");
  }
  return {
    currentHeads: first?.currentHeads ?? [],
    targets: parts.flatMap((part) => part.targets),
  };
}

function offlinePart(graph: RevisionGraph, direction: "up" | "down", text: string): OfflineRange {
  if (direction === "up" && !text.includes(":")) return { currentHeads: [], targets: [text] };
  const { from, to } = splitRange(text);
  if (direction === "down" && (from.length === 0 || to.length !== 1)) {
    failRange(text, "a script that goes down needs to know from where and to which one revision");
  }
  const part = { currentHeads: startOf(graph, from), targets: to.length > 0 ? to : ["heads"] };
  if (direction === "up") checkDirection(graph, part, text);
  return part;
}

function startOf(graph: RevisionGraph, from: readonly string[]): string[] {
  const starts = from.flatMap((target) => resolveTarget({ graph, current: null }, target));
  return graph.maximal(starts).map(({ id }) => id);
}

/** `b:a` would silently be an empty script. */
function checkDirection(
  graph: RevisionGraph,
  { currentHeads, targets }: OfflineRange,
  text: string,
) {
  const applied = graph.ancestors(
    currentHeads.map((id) => graph.get(id)),
    "all",
  );
  for (const target of targets.filter((each) => !/^([^@]*@)?\+/.test(each))) {
    const ends = resolveTarget({ graph, current: null }, target);
    const below = ends.filter(({ id }) => !currentHeads.includes(id));
    if (
      below.length > 0 &&
      below.length === ends.length &&
      below.every((end) => applied.has(end))
    ) {
      failRange(text, `${target} is before where it starts`);
    }
  }
}
