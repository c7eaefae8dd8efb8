/** Which of two lists goes on, where the next items of them do not go together. */

/**
 * Whether to go on with the row loses no pair that the column would keep. It is asked of rows that only grow. Lists of
 * thousands of operations have few pairs that are possible, so these are walked, and not all of the table of rows and columns.
 * https://en.wikipedia.org/wiki/Hunt%E2%80%93Szymanski_algorithm
 */
export function rowsFirst(
  rows: number,
  columnsOf: (row: number) => readonly number[],
): (row: number, column: number) => boolean {
  const starts: Starts = [];
  const changes = new Map<number, readonly Change[]>();
  let next: number | null = null;
  // Afterwards `starts` speaks of the rows behind `row`. Lists that go together all along are never counted.
  const moveBehind = (row: number) => {
    for (let at = rows - 1; next === null && at > row; at -= 1)
      changes.set(at, take(starts, columnsOf(at)));
    for (let at = next ?? row + 1; at <= row; at += 1) giveBack(starts, changes.get(at) ?? []);
    next = row + 1;
  };
  return (row, column) => {
    moveBehind(row);
    const own = columnsOf(row).filter((it) => it > column);
    const kept = own.map((it) => 1 + pairsFrom(starts, it + 1));
    return pairsFrom(starts, column) >= Math.max(pairsFrom(starts, column + 1), ...kept);
  };
}

/** By a number of pairs, less one: the last column from which as many are possible. The more, the earlier it is. */
type Starts = number[];

/** A place of `Starts`, and what stood there. */
type Change = readonly [at: number, was: number | undefined];

/** How many pairs are possible from `column` on. */
function pairsFrom(starts: Starts, column: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) >= column) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Take in a row before the others, which goes together with `columns`, the first one first. */
function take(starts: Starts, columns: readonly number[]): readonly Change[] {
  return columns.flatMap((column): readonly Change[] => {
    const at = pairsFrom(starts, column + 1);
    const was = starts[at];
    if (was !== undefined && was >= column) return [];
    starts[at] = column;
    return [[at, was]];
  });
}

function giveBack(starts: Starts, changes: readonly Change[]): void {
  for (const [at, was] of changes.toReversed()) {
    if (was === undefined) starts.length = at;
    else starts[at] = was;
  }
}
