/** The history as lanes, the way `git log --graph` draws it. */

export interface LaneNode {
  readonly id: string;
  readonly parents: readonly string[];
  readonly text: string;
}

/**
 * Lines for `nodes`, newest first. A lane is a column that waits for the revision whose child was drawn in it. Parents
 * that are not among the nodes end their lane.
 */
export function drawLanes(nodes: readonly LaneNode[]): readonly string[] {
  const drawn = new Set(nodes.map(({ id }) => id));
  const lines: string[] = [];
  let lanes: readonly string[] = [];
  for (const { id, parents, text } of nodes) {
    const known = parents.filter((parent) => drawn.has(parent));
    const open = lanes.includes(id) ? lanes : [...lanes, id];
    const joined = joinLanes(open, id, lines);
    const at = joined.indexOf(id);
    lines.push(`${row(joined.length, at)} ${text}`);
    lanes = fork(joined, at, known, lines);
  }
  return lines;
}

function row(count: number, at: number): string {
  return Array.from({ length: count }, (_, lane) => (lane === at ? "*" : "|")).join(" ");
}

/** Several lanes that wait for the same revision become one: the one that is furthest to the left. */
function joinLanes(lanes: readonly string[], id: string, lines: string[]): readonly string[] {
  let joined = [...lanes];
  for (;;) {
    const at = joined.indexOf(id);
    const other = joined.lastIndexOf(id);
    if (other === at) return joined;
    lines.push(slide(joined.length, at, other));
    joined = joined.toSpliced(other, 1);
  }
}

/** The lane at `from` runs into the lane at `to`, which is left of it; lanes right of `from` move one to the left. */
function slide(count: number, to: number, from: number): string {
  const cells: string[] = Array.from({ length: count * 2 - 1 }, (_, cell) =>
    cell % 2 === 0 ? "|" : " ",
  );
  cells[from * 2] = " ";
  cells[from * 2 - 1] = "/";
  for (let cell = to * 2 + 1; cell < from * 2 - 1; cell += 2) cells[cell] = "_";
  for (let lane = from + 1; lane < count; lane++) {
    cells[lane * 2] = " ";
    cells[lane * 2 - 1] = "/";
  }
  return cells.join("").trimEnd();
}

/** After a revision its lane waits for its parents: for the first in place, for the others beside it. */
function fork(
  lanes: readonly string[],
  at: number,
  parents: readonly string[],
  lines: string[],
): readonly string[] {
  if (parents.length === 0) {
    const left = lanes.toSpliced(at, 1);
    if (at < left.length) lines.push(close(lanes.length, at));
    return left;
  }
  let forked = [...lanes];
  forked[at] = parents[0] ?? "";
  for (const [offset, parent] of parents.slice(1).entries()) {
    const place = at + offset + 1;
    lines.push(spread(forked.length, place));
    forked = forked.toSpliced(place, 0, parent);
  }
  return forked;
}

/** A new lane opens at `place`, right of the lane it comes from; lanes from there on move one to the right. */
function spread(count: number, place: number): string {
  const left = Array.from({ length: place }, () => "|").join(" ");
  const right = Array.from({ length: count - place }, () => "\\").join(" ");
  return right === "" ? `${left}\\` : `${left}\\ ${right}`;
}

/** The lane at `at` has ended; lanes right of it move one to the left. */
function close(count: number, at: number): string {
  const left = Array.from({ length: at }, () => "| ").join("");
  const right = Array.from({ length: count - at - 1 }, () => "/").join(" ");
  return `${left} ${right}`.trimEnd();
}
