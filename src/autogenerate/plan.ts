/** The way to the wanted schema, and the way back. */
import type { Schema } from "../model/schema.ts";
import { apply } from "../operations/apply.ts";
import type { Operation } from "../operations/operation.ts";
import { reverse } from "../operations/reverse.ts";
import { type DiffOptions, diff, type Extra } from "./diff.ts";
import { type Decide, settleRenames } from "./renames/settle.ts";
import type { Drafted } from "./render/render.ts";

export interface Plan {
  readonly operations: readonly Operation[];
  readonly unmanaged: readonly Extra[];
}

export async function plan(
  current: Schema,
  desired: Schema,
  options: DiffOptions & { readonly decide: Decide },
): Promise<Plan> {
  const renamed = await settleRenames(current, desired, options.decide);
  const { operations, unmanaged } = diff(renamed.current, desired, options);
  return { operations: [...renamed.operations, ...operations], unmanaged };
}

/** Each operation undone, the last one first. */
export function wayBack(operations: readonly Operation[], start: Schema): readonly Drafted[] {
  let schema = start;
  const back = operations.map((operation) => {
    const before = schema;
    schema = apply(schema, operation);
    const reversal = reverse(operation, before);
    if (reversal.kind === "irreversible") return [];
    return reversal.operations.map((undone, at) => ({
      operation: undone,
      remarks: at === 0 ? reversal.loses.map((what) => `cannot bring back ${what}`) : [],
    }));
  });
  return back.toReversed().flat();
}
