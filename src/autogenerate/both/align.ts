/** Two lists side by side: what can be said once, and what only one of them has, each list in its own order. */
import type { DialectName } from "../../model/schema.ts";
import { type Both, each } from "./both.ts";
import { rowsFirst } from "./rows-first.ts";

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
  const isRowFirst = rowsFirst(postgresql.length, pairs.columnsOf);
  const aligned: Aligned<Item, Merged>[] = [];
  let [row, column] = [0, 0];
  while (row < postgresql.length || column < sqlite.length) {
    const pair = pairs.at(row, column);
    if (pair !== null) {
      aligned.push({ of: "both", ...pair });
      row += 1;
      column += 1;
    } else if (column === sqlite.length || (row < postgresql.length && isRowFirst(row, column))) {
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

interface Pairs<Item, Merged> {
  /** The pair of an item of each list, found once; null where they do not go together. */
  readonly at: (row: number, column: number) => Pair<Item, Merged> | null;
  /** What goes together with a row, the first one first. */
  readonly columnsOf: (row: number) => readonly number[];
}

function pairsOf<Item, Merged>(
  { postgresql, sqlite }: Both<readonly Item[]>,
  { key, merge }: Alike<Item, Merged>,
): Pairs<Item, Merged> {
  const keys = each({ postgresql, sqlite }, (items) => items.map(key));
  const columns = placesOf(keys.sqlite);
  const known = new Map<number, Pair<Item, Merged> | null>();
  const make = (row: number, column: number) => {
    const items = { postgresql: postgresql[row] as Item, sqlite: sqlite[column] as Item };
    const merged = merge(items);
    return merged === null ? null : { merged, items };
  };
  const at = (row: number, column: number) => {
    if (row >= postgresql.length || column >= sqlite.length) return null;
    if (keys.postgresql[row] !== keys.sqlite[column]) return null;
    const place = row * sqlite.length + column;
    const found = known.get(place) ?? (known.has(place) ? null : make(row, column));
    known.set(place, found);
    return found;
  };
  const columnsOf = (row: number) =>
    (columns.get(keys.postgresql[row] ?? "") ?? []).filter((column) => at(row, column) !== null);
  return { at, columnsOf };
}

function placesOf(keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, key] of keys.entries()) {
    const there = places.get(key);
    if (there === undefined) places.set(key, [place]);
    else there.push(place);
  }
  return places;
}
