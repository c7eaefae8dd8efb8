/** Sequences, and the columns that are numbered by one. */
import type { Identity, Sequence, SequenceOptions } from "../../model/sequence.ts";
import { resolveSequence } from "../../operations/sequences.ts";
import type { DrizzleColumn, SequenceNumbers } from "../orm.ts";
import type { PgSequence } from "./core.ts";

export function readSequence({ schema, seqName, seqOptions }: PgSequence): Sequence {
  return {
    name: schema ? { schema, name: seqName } : seqName,
    options: readOptions(seqOptions ?? {}),
  };
}

/** A name of its sequence that the schema does not give is left to the server. */
export function readIdentity({ generatedIdentity }: DrizzleColumn): Identity | undefined {
  if (generatedIdentity === undefined) return undefined;
  const { type, sequenceName: name, sequenceOptions = {} } = generatedIdentity;
  return { generated: type, ...(name && { name }), options: readOptions(sequenceOptions) };
}

function readOptions(numbers: SequenceNumbers): SequenceOptions {
  const entries = Object.entries(numbers).map(([option, value]) => [option, exact(value)]);
  return resolveSequence(Object.fromEntries(entries), "its sequence");
}

/** JavaScript has no 2^63-1: what drizzle-kit pulls as 9223372036854775807 becomes 2^63 when it is read. */
function exact(value: number | string | boolean): number | string | boolean {
  if (value === 2 ** 63) return "9223372036854775807";
  return value === -(2 ** 63) ? "-9223372036854775808" : value;
}
