/** A schema after its sequences were made and changed. */
import { displayName, type ObjectName, type Schema } from "../../model/schema.ts";
import type { Sequence, SequenceOptions } from "../../model/sequence.ts";
import type { SequenceOperation } from "../kinds/objects.ts";
import type { Operation } from "../operation.ts";
import { type Appliers, findNamed, hasRelation, refuseTaken } from "./applier.ts";
import { grantsWithout } from "./grants.ts";
import { added, itemNamed, replaced, without } from "./lists.ts";
import { renamed, sameName } from "./names.ts";
import { mapNames } from "./references.ts";

export const sequenceAppliers: Appliers<SequenceOperation> = {
  createSequence: (schema, operation) => {
    const { sequence, ifNotExists } = operation;
    if (ifNotExists && hasRelation(schema, sequence.name)) return schema;
    refuseTaken(schema, sequence.name, operation);
    const made = { ...sequence, options: plainOptions(sequence, sequence.options) };
    return { ...schema, sequences: added(schema.sequences, made) };
  },
  alterSequence: (schema, operation) => {
    const sequence = findSequence(schema, operation.name, operation);
    // What was left to the server was settled then: another increment does not change the bounds any more.
    const all = { ...allOptions(sequence), ...operation.to };
    const altered = { ...sequence, options: plainOptions(sequence, all) };
    return { ...schema, sequences: replaced(schema.sequences, sequence, altered) };
  },
  dropSequence: (schema, operation) => {
    const { name, ifExists } = operation;
    if (ifExists && !itemNamed(schema.sequences, name)) return schema;
    const sequences = without(schema.sequences, findSequence(schema, name, operation));
    return { ...schema, sequences, grants: grantsWithout(schema.grants, { sequence: name }) };
  },
  renameSequence: (schema, operation) => {
    const { from } = operation;
    const to = renamed(from, operation.to);
    findSequence(schema, from, operation);
    refuseTaken(schema, to, operation);
    return mapNames(schema, { sequence: (name) => (sameName(name, from) ? to : name) });
  },
};

export function findSequence(schema: Schema, name: ObjectName, operation: Operation): Sequence {
  return findNamed(schema.sequences, name, operation, `sequence "${displayName(name)}"`);
}

/** Every option of `sequence`: what is absent as the server sets it. */
export function allOptions(
  sequence: Pick<Sequence, "type" | "options">,
): Required<SequenceOptions> {
  return { ...defaults(sequence.type, sequence.options), ...sequence.options };
}

/** `options` without those that are as the server sets them. */
function plainOptions({ type }: Pick<Sequence, "type">, options: SequenceOptions): SequenceOptions {
  const usual = new Map<string, unknown>(Object.entries(defaults(type, options)));
  const entries = Object.entries(options).filter(([name, value]) => usual.get(name) !== value);
  return Object.fromEntries(entries) as SequenceOptions;
}

const bits = { smallint: 15n, integer: 31n, bigint: 63n };

/** https://www.postgresql.org/docs/current/sql-createsequence.html */
function defaults(
  type: Sequence["type"] = "bigint",
  options: SequenceOptions,
): Required<SequenceOptions> {
  const { increment = "1" } = options;
  const limit = 2n ** bits[type];
  const [low, high] = increment.startsWith("-") ? [-limit, -1n] : [1n, limit - 1n];
  const { minValue = String(low), maxValue = String(high) } = options;
  const startWith = increment.startsWith("-") ? maxValue : minValue;
  const bounds = { minValue: String(low), maxValue: String(high), startWith };
  return { increment: "1", ...bounds, cache: "1", cycle: false };
}
