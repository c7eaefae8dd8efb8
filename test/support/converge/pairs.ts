/** Pairs of schemas at random: the second one edited from the first, or of its own. */
import type fc from "fast-check";
import type { DialectName } from "../../../src/model/schema.ts";
import { arbitraryOf } from "../arbitrary-chance.ts";
import { makeBlueprint } from "./blueprint.ts";
import type { Pair } from "./converge.ts";
import { edited } from "./edits.ts";

export function pairs(dialect: DialectName): fc.Arbitrary<Pair> {
  return arbitraryOf((chance) => {
    const from = makeBlueprint(chance, dialect);
    const isEdited = chance.upTo(4) > 0;
    const to = isEdited ? edited(chance, from) : makeBlueprint(chance, dialect);
    return {
      from,
      to,
      rows: { count: chance.upTo(3), nulls: chance.upTo(3) === 0 },
      renames: chance.upTo(2) === 0,
    };
  });
}
