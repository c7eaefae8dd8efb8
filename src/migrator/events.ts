/** What a Migrator tells while a call goes on. */
import type { AfterRevision, BeforeRevision, RunStep } from "../config/callbacks.ts";
import type { StatementProgress } from "../dialects/statement.ts";

/** The events by name, and what is told of each. */
export interface MigratorEvents {
  /** Every revision of a run is read and checked; the first is going to run. */
  readonly planned: { readonly steps: readonly RunStep[] };
  /** A revision begins. */
  readonly begin: Pick<BeforeRevision, keyof RunStep | "index" | "count">;
  /** A revision ran. In a run that is one transaction it is committed only at the end. */
  readonly revision: Pick<AfterRevision, keyof RunStep | "index" | "count" | "ms">;
  /** A revision failed; the call's promise says of what. */
  readonly failed: RunStep;
  /** Another run is in the way. */
  readonly waiting: { readonly holder: string };
  /** A lock or a conflict was in the way; it is tried again in `delay` milliseconds. */
  readonly retrying: { readonly why: string; readonly delay: number };
  /** A statement of the revision that runs takes long; `fraction` of it is done, where somebody knows. */
  readonly progress: StatementProgress;
  /** The environment's backup was made, to `file` where mig knows it. */
  readonly backup: { readonly file: string | null; readonly command: string | null };
  /** Files of applied revisions changed, and that was allowed. */
  readonly modified: { readonly files: readonly string[] };
}

export type EventName = keyof MigratorEvents;

/** Hears of one event; which, the name says that it is kept under. */
export type Listener = (event: never) => void;

export type Emit = <Name extends EventName>(name: Name, event: MigratorEvents[Name]) => void;

/** All of them, for a name that is typed wrong. */
export const eventNames: Readonly<Record<EventName, true>> = {
  planned: true,
  begin: true,
  revision: true,
  failed: true,
  waiting: true,
  retrying: true,
  progress: true,
  backup: true,
  modified: true,
};
