/** What is known of the names of lists, beside what looking at each item finds: of every list on the way, not of the last alone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ObjectName } from "../../../src/model/schema.ts";
import {
  added,
  indexName,
  isTakenIn,
  itemNamed,
  replaced,
  without,
} from "../../../src/operations/apply/lists.ts";
import { named, sameName } from "../../../src/operations/apply/names.ts";

interface Item {
  readonly name: ObjectName;
  readonly indexes: readonly { readonly name: string }[];
}

const local = fc.constantFrom("a", "b", "c", "d");
const name: fc.Arbitrary<ObjectName> = fc.oneof(
  local,
  fc.record({ schema: fc.constantFrom("public", "app"), name: local }),
);
const item: fc.Arbitrary<Item> = fc.record({
  name,
  indexes: fc.array(fc.record({ name: local }), { maxLength: 2 }),
});
const step = fc.record({
  way: fc.constantFrom("added", "replaced", "without"),
  list: fc.nat(),
  at: fc.nat(),
  item,
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function taken(lists: readonly (readonly Item[])[], { way, list, at, item: it }: Step) {
  const from = lists[list % lists.length] ?? [];
  const old = from[at % from.length];
  if (way === "added" || old === undefined) {
    return from.some(named(it.name)) ? from : added(from, it);
  }
  if (way === "without") return without(from, old);
  return replaced(from, old, { ...it, name: old.name });
}

test("names are found in each list as they stand in it", () => {
  const law = fc.property(fc.array(step, { maxLength: 12 }), name, (steps, asked) => {
    const lists: (readonly Item[])[] = [[]];
    for (const it of steps) {
      // Asked on the way, so that there is something to go along.
      for (const list of lists) isTakenIn(list, asked);
      lists.push(taken(lists, it));
    }
    for (const list of lists) {
      expect(itemNamed(list, asked)).toBe(list.find(named(asked)));
      const isIndexed = list.some((it) =>
        it.indexes.some((index) => sameName(indexName(it, index.name), asked)),
      );
      expect(isTakenIn(list, asked)).toBe(isIndexed || list.some(named(asked)));
    }
  });
  fc.assert(law, { numRuns: 500 });
});
