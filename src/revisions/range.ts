import { fail } from "../errors.ts";

/** The two sides of a range, each a list of targets; an empty list where nothing was written. */
export interface Range {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Take `from:to` apart; either side may be empty or a list with commas. Throws INVALID_RANGE. */
export function splitRange(range: string): Range {
  const sides = range.split(":");
  const [from, to] = sides;
  if (from === undefined || to === undefined) return failRange(range, "it has no colon");
  if (sides.length > 2) failRange(range, "it has more than one colon");
  return { from: listed(from), to: listed(to) };
}

function listed(side: string): string[] {
  return side === "" ? [] : side.split(",").map((target) => target.trim());
}

/** Throw INVALID_RANGE. */
export function failRange(range: string, why: string): never {
  fail("INVALID_RANGE", { range, why });
}
