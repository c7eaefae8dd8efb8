/** Two lists side by side, with as many pairs as there can be. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { align } from "../../../src/autogenerate/both/align.ts";

interface Item {
  readonly key: string;
  readonly part: number;
}

/** Two parts of three go together, so that a key alone does not say it. */
const goTogether = (one: Item, other: Item) =>
  one.key === other.key && (one.part + other.part) % 3 !== 0;

const alike = {
  key: ({ key }: Item) => key,
  merge: (items: { readonly postgresql: Item; readonly sqlite: Item }) =>
    goTogether(items.postgresql, items.sqlite) ? items : null,
};

/** https://en.wikipedia.org/wiki/Longest_common_subsequence#LCS_function_defined */
function mostPairs(one: readonly Item[], other: readonly Item[]): number {
  const [first, ...rest] = one;
  const [its, ...others] = other;
  if (first === undefined || its === undefined) return 0;
  const apart = Math.max(mostPairs(rest, other), mostPairs(one, others));
  return goTogether(first, its) ? Math.max(apart, 1 + mostPairs(rest, others)) : apart;
}

const list = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), part: fc.nat(2) }), {
  maxLength: 6,
});

test("no pair is lost, and each list keeps its order", () => {
  const law = fc.property(list, list, (postgresql, sqlite) => {
    const aligned = align({ postgresql, sqlite }, alike);
    const pairs = aligned.flatMap((it) => (it.of === "both" ? [it.items] : []));
    expect(pairs).toHaveLength(mostPairs(postgresql, sqlite));
    const of = (name: "postgresql" | "sqlite") =>
      aligned.flatMap((it) =>
        it.of === "both" ? [it.items[name]] : it.of === name ? [it.item] : [],
      );
    expect([of("postgresql"), of("sqlite")]).toEqual([postgresql, sqlite]);
  });
  fc.assert(law, { numRuns: 500 });
});

test("lists of a project with thousands of tables fit into memory, where one has more", () => {
  const sqlite = Array.from({ length: 50_000 }, (_, at) => ({ key: String(at), part: 1 }));
  const postgresql = [{ key: "an enum", part: 1 }, ...sqlite, { key: "a policy", part: 1 }];
  const aligned = align({ postgresql, sqlite }, alike);
  expect(aligned.filter(({ of }) => of === "both")).toHaveLength(sqlite.length);
  // A table of all rows and columns would have 2.5 billion cells.
});
