/**
 * The order in which changes are carried out: what is needed comes before what needs it, and goes after it. The way back is
 * the same order, backwards.
 */
import type { Operation } from "../operations/operation.ts";

const phases = [
  "schemas",
  "roles",
  "drop policies",
  "drop views",
  "drop foreign keys",
  "drop indexes",
  "drop tables",
  "create enums",
  "make way",
  "alter enums",
  "sequences",
  "alter tables",
  // A table takes a name that no type and no sequence may have.
  "drop types",
  "create tables",
  "create indexes",
  "add foreign keys",
  "create views",
  "policies",
  "drop schemas",
] as const;

export type Phase = (typeof phases)[number];

/** An operation, and when its turn comes. */
export interface Planned {
  readonly phase: Phase;
  readonly operation: Operation;
}

export function planned(phase: Phase, operations: readonly Operation[]): readonly Planned[] {
  return operations.map((operation) => ({ phase, operation }));
}

/** The operations in the order of their phases; within a phase as they are. */
export function inOrder(plan: readonly Planned[]): readonly Operation[] {
  return phases.flatMap((phase) =>
    plan.filter((it) => it.phase === phase).map(({ operation }) => operation),
  );
}
