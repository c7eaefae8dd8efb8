/** Choices that depend on one another, of which fast-check finds the fewest that fail. */
import fc from "fast-check";

export interface Chance {
  one<Item>(of: readonly Item[]): Item;
  /** Between `min` and `max` of them, in their order. */
  some<Item>(of: readonly Item[], min: number, max: number): readonly Item[];
  maybe(): boolean;
  upTo(max: number): number;
}

/** What `make` makes of chance. */
export function arbitraryOf<Made>(make: (chance: Chance) => Made): fc.Arbitrary<Made> {
  return fc.gen().map((g) => {
    const upTo = (max: number) => g(fc.nat, { max });
    return make({
      one: (of) => of[upTo(of.length - 1)] as (typeof of)[number],
      some: (of, min, max) =>
        g(fc.subarray, of as never[], { minLength: min, maxLength: Math.min(max, of.length) }),
      maybe: () => upTo(1) === 1,
      upTo,
    });
  });
}
