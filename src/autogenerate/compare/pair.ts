/** Which of two lists belong together. */
import { isDeepStrictEqual } from "node:util";
import type { ObjectName } from "../../model/schema.ts";

export interface Paired<Thing> {
  readonly added: readonly Thing[];
  readonly removed: readonly Thing[];
  readonly kept: readonly (readonly [current: Thing, desired: Thing])[];
}

/** The things of both lists by `key`, in the order in which they are listed. */
export function pair<Thing>(
  current: readonly Thing[],
  desired: readonly Thing[],
  key: (thing: Thing) => string,
): Paired<Thing> {
  const there = new Map(current.map((thing) => [key(thing), thing]));
  const wanted = new Set(desired.map(key));
  return {
    added: desired.filter((thing) => !there.has(key(thing))),
    removed: current.filter((thing) => !wanted.has(key(thing))),
    kept: desired.flatMap((thing) => {
      const found = there.get(key(thing));
      return found === undefined ? [] : [[found, thing] as const];
    }),
  };
}

/** A key that no other name has. */
export function keyOf(name: ObjectName): string {
  return typeof name === "string" ? name : JSON.stringify([name.schema, name.name]);
}

export function sameName(one: ObjectName, other: ObjectName): boolean {
  return keyOf(one) === keyOf(other);
}

/** Equal all the way down; a member that is undefined is one that is not there. */
export function same(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}
