/** What is known of the database while a run goes on. */
import type { DatabaseState } from "../dialects/dialect.ts";
import type { BegunDetails } from "./log-entry.ts";
import type { DatabaseOptions } from "./options.ts";
import type { OwnStatements } from "./own-statements.ts";
import type { PreparedStep } from "./target.ts";

export interface RunState {
  readonly options: DatabaseOptions;
  heads: readonly string[];
  database: DatabaseState;
  /** mig's own statements of the steps that are to run. */
  readonly own: Map<PreparedStep, OwnStatements>;
  /** The step that ran last in a run that is one transaction; null before the first. */
  last: BegunDetails | null;
}

/** Keep what the database says of itself. */
export function learn(state: RunState, database: DatabaseState): void {
  state.database = database;
  state.heads = database.heads ?? [];
}

/** The number that the log gives to this command. */
export function batchOf({ database }: RunState): number {
  return database.lastBatch + 1;
}

/** The heads once `step` is done. */
export function headsAfter(heads: readonly string[], step: Pick<PreparedStep, "removes" | "adds">) {
  return [...heads.filter((head) => !step.removes.includes(head)), ...step.adds];
}

/** Heads for people. */
export function shown(heads: readonly string[]): string {
  return heads.toSorted().join(", ") || "base";
}
