/** Two lists side by side: what can be said once, and what only one of them has, each list in its own order. */
import type { DialectName } from "../../model/schema.ts";
import { type Both, each } from "./both.ts";

export type Aligned<Item, Merged> =
  | { readonly of: "both"; readonly merged: Merged; readonly items: Both<Item> }
  | { readonly of: DialectName; readonly item: Item };

export interface Alike<Item, Merged> {
  /** Only what has the same key may go together. */
  readonly key: (item: Item) => string;
  /** What two items are together; null where they do not go together. */
  readonly merge: (items: Both<Item>) => Merged | null;
}

/** As many pairs as the orders of the lists allow. Where the next ones go together, to take them for a pair costs none. */
export function align<Item, Merged>(
  lists: Both<readonly Item[]>,
  alike: Alike<Item, Merged>,
): readonly Aligned<Item, Merged>[] {
  const { postgresql, sqlite } = lists;
  const pairs = pairsOf(lists, alike);
  const most = mostPairs(lists, (row, column) => pairs(row, column) !== null);
  const aligned: Aligned<Item, Merged>[] = [];
  let [row, column] = [0, 0];
  while (row < postgresql.length || column < sqlite.length) {
    const pair = pairs(row, column);
    if (pair !== null) {
      aligned.push({ of: "both", ...pair });
      row += 1;
      column += 1;
    } else if (
      column === sqlite.length ||
      (row < postgresql.length && most(row + 1, column) >= most(row, column + 1))
    ) {
      aligned.push({ of: "postgresql", item: postgresql[row] as Item });
      row += 1;
    } else {
      aligned.push({ of: "sqlite", item: sqlite[column] as Item });
      column += 1;
    }
  }
  return aligned;
}

interface Pair<Item, Merged> {
  readonly merged: Merged;
  readonly items: Both<Item>;
}

/** The pair of an item of each list, found once; null where they do not go together. */
function pairsOf<Item, Merged>(
  { postgresql, sqlite }: Both<readonly Item[]>,
  { key, merge }: Alike<Item, Merged>,
): (row: number, column: number) => Pair<Item, Merged> | null {
  const keys = each({ postgresql, sqlite }, (items) => items.map(key));
  const known = new Map<number, Pair<Item, Merged> | null>();
  const make = (row: number, column: number) => {
    const items = { postgresql: postgresql[row] as Item, sqlite: sqlite[column] as Item };
    const merged = merge(items);
    return merged === null ? null : { merged, items };
  };
  return (row, column) => {
    if (row >= postgresql.length || column >= sqlite.length) return null;
    if (keys.postgresql[row] !== keys.sqlite[column]) return null;
    const place = row * sqlite.length + column;
    const found = known.get(place) ?? (known.has(place) ? null : make(row, column));
    known.set(place, found);
    return found;
  };
}

/** How many pairs the rests of the lists allow. https://en.wikipedia.org/wiki/Longest_common_subsequence */
function mostPairs(
  { postgresql, sqlite }: Both<readonly unknown[]>,
  fits: (row: number, column: number) => boolean,
): (row: number, column: number) => number {
  const width = sqlite.length + 1;
  let table: Uint32Array | null = null;
  const fill = () => {
    const counts = new Uint32Array((postgresql.length + 1) * width);
    for (let row = postgresql.length - 1; row >= 0; row -= 1) {
      for (let column = sqlite.length - 1; column >= 0; column -= 1) {
        const at = row * width + column;
        counts[at] = fits(row, column)
          ? 1 + (counts[at + width + 1] ?? 0)
          : Math.max(counts[at + width] ?? 0, counts[at + 1] ?? 0);
      }
    }
    return counts;
  };
  return (row, column) => {
    // Lists that go together all along are never counted.
    table ??= fill();
    return table[row * width + column] ?? 0;
  };
}
