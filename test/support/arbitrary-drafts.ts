/** What a draft may hold, at random. */
import type fc from "fast-check";
import type { DialectName } from "../../src/model/schema.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { arbitraryOf } from "./arbitrary-chance.ts";
import { makeOperation } from "./arbitrary-operation.ts";
import { after, makeScene } from "./arbitrary-schema.ts";

/** A schema from nothing, and a few operations of any kind on it. */
export function draftedOperations(dialect: DialectName): fc.Arbitrary<readonly Operation[]> {
  return arbitraryOf((chance) => {
    let scene = makeScene(chance, dialect);
    const made = Array.from({ length: 1 + chance.upTo(3) }, () => {
      const operation = makeOperation(chance, scene.schema, dialect);
      scene = after(scene, operation);
      return operation;
    });
    return [...scene.operations, ...made];
  });
}
