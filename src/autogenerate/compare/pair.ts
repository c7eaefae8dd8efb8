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
  const inStep = stepwise(current, desired, key);
  if (inStep !== null) return { added: [], removed: [], kept: inStep };
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

/** The pairs of two lists that name the same in the same order, as almost all do. */
function stepwise<Thing>(
  current: readonly Thing[],
  desired: readonly Thing[],
  key: (thing: Thing) => string,
): Paired<Thing>["kept"] | null {
  if (current.length !== desired.length) return null;
  const pairs: (readonly [Thing, Thing])[] = [];
  for (const [at, to] of desired.entries()) {
    const from = current[at];
    if (from === undefined || key(from) !== key(to)) return null;
    pairs.push([from, to]);
  }
  return pairs;
}

/** The first thing of a set that fits. */
export function first<Thing>(
  things: ReadonlySet<Thing>,
  fits: (thing: Thing) => boolean,
): Thing | undefined {
  for (const thing of things) if (fits(thing)) return thing;
  return undefined;
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
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((it, at) => same(it, other[at]));
  }
  // Node's own comparison knows dates and bytes, and takes ten times as long.
  return isPlain(one) && isPlain(other) ? sameMembers(one, other) : isDeepStrictEqual(one, other);
}

type Members = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Members {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Equal but for the members named in `unless`, which are not looked at. */
export function sameBut(one: object, other: object, unless: ReadonlySet<string>): boolean {
  return sameMembers(one as Members, other as Members, unless);
}

const nothing: ReadonlySet<string> = new Set();

function sameMembers(one: Members, other: Members, unless = nothing): boolean {
  for (const name in one) {
    if (!unless.has(name) && !same(one[name], other[name])) return false;
  }
  for (const name in other) {
    if (one[name] === undefined && other[name] !== undefined && !unless.has(name)) return false;
  }
  return true;
}
