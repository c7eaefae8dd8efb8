import { fail } from "../errors.ts";
import { goesPiecewise } from "./pieces.ts";
import type { RunState } from "./run-state.ts";
import type { PreparedStep } from "./target.ts";

/** Refuse a transaction that would take more locks than the server has, before it takes the first. */
export function refuseTooManyLocks(
  { options, database }: RunState,
  steps: readonly PreparedStep[],
): void {
  const { dialect, transaction } = options;
  const limit = database.lockBudget;
  if (limit === undefined) return;
  const alone = steps.filter((step) => !goesPiecewise(dialect, step)).map((step) => [step]);
  for (const together of transaction === "all" ? [steps] : alone) {
    const tables = together.reduce((sum, step) => sum + locksOf(step), 0);
    if (tables > limit) fail("TOO_MANY_LOCKS", { tables, limit }, whereOf(together));
  }

  function locksOf({ script }: PreparedStep): number {
    return script.operations.reduce(
      (sum, { operation }) => sum + (dialect.locksNeeded?.(operation) ?? 0),
      0,
    );
  }
}

function whereOf(steps: readonly PreparedStep[]) {
  const state = "nothing was run";
  const [step, ...others] = steps;
  if (step === undefined || others.length > 0) return { state };
  return { revision: step.revision.id, location: step.revision.file, state };
}
