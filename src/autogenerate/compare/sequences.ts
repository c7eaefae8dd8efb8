/** A sequence against the one wanted. */
import type { Sequence, SequenceOptions } from "../../model/sequence.ts";
import type { SequenceOperation } from "../../operations/kinds/objects.ts";

export function compareSequence(
  current: Sequence,
  desired: Sequence,
): readonly SequenceOperation[] {
  const [from, to] = [complete(current), complete(desired)];
  const changed = Object.entries(to).filter(
    ([key, it]) => from[key as keyof SequenceOptions] !== it,
  );
  if (changed.length === 0) return [];
  return [{ kind: "alterSequence", name: desired.name, to: Object.fromEntries(changed) }];
}

const limits = { smallint: 2n ** 15n, integer: 2n ** 31n, bigint: 2n ** 63n } as const;

/** With what PostgreSQL sets where nothing is said. https://www.postgresql.org/docs/current/sql-createsequence.html */
function complete({ type = "bigint", options }: Sequence): Required<SequenceOptions> {
  const { increment = "1" } = options;
  const up = !increment.startsWith("-");
  const [lowest, highest] = [String(-limits[type]), String(limits[type] - 1n)];
  const { minValue = up ? "1" : lowest, maxValue = up ? highest : "-1" } = options;
  const { startWith = up ? minValue : maxValue, cache = "1", cycle = false } = options;
  return { startWith, increment, minValue, maxValue, cache, cycle };
}
