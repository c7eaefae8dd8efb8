/** How the numbers of a sequence are written in a revision, and what they become. */
import { fail } from "../errors.ts";
import type { SequenceOptions } from "../model/sequence.ts";

type Whole = number | bigint | string;

/** Drizzle's names; whole numbers, as text where they do not fit a number. */
export interface SequenceInput {
  readonly startWith?: Whole;
  readonly increment?: Whole;
  readonly minValue?: Whole;
  readonly maxValue?: Whole;
  readonly cache?: Whole;
  readonly cycle?: boolean;
}

export const sequenceMembers = [
  "startWith",
  "increment",
  "minValue",
  "maxValue",
  "cache",
  "cycle",
] as const;

/** The members of `input` that belong to a sequence. */
export function resolveSequence(input: SequenceInput, operation: string): SequenceOptions {
  const entries = sequenceMembers.flatMap((member) => {
    const value = input[member];
    if (value === undefined) return [];
    return [[member, typeof value === "boolean" ? value : whole(value, member, operation)]];
  });
  return Object.fromEntries(entries) as SequenceOptions;
}

function whole(value: Whole, member: string, operation: string): string {
  if (typeof value !== "number" || Number.isSafeInteger(value)) {
    const text = String(value);
    if (/^-?\d+$/.test(text)) return text;
  }
  return fail("OPERATION_INVALID", {
    operation,
    why: `${member} is a whole number, not ${String(value)}; write one beyond 2^53 as a bigint or a string`,
  });
}
