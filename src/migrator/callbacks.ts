/** The callbacks of the config around a run. */
import type { AboutRun, AfterRevision, Callbacks, DoneStep, RunStep } from "../config/callbacks.ts";
import type { Connection } from "../dialects/dialect.ts";
import { error, MigError } from "../errors.ts";
import type { Step } from "../revisions/path.ts";
import { placeInStack } from "../runtime/location.ts";
import type { RunEvents } from "../runtime/migrate.ts";
import { shown } from "../runtime/run-state.ts";
import { failureDocument } from "./failure-document.ts";
import type { Project } from "./project.ts";

/** The run that the callbacks are about, and where it runs. */
export interface Scene {
  readonly project: Pick<Project, "config" | "file" | "root">;
  readonly about: AboutRun;
  readonly connection: Connection;
  /** What was run and is committed; filled meanwhile. */
  readonly committed: AfterRevision[];
}

/** `events`, and the callbacks of the config at their places. A callback that throws ends the run. */
export function withCallbacks(events: RunEvents, scene: Scene): RunEvents {
  const { about, committed } = scene;
  const { beforeRun, beforeRevision, afterRevision, afterRun, onError } = scene.project.config;
  // Most configs have none, and a thousand revisions are not to be got ready for nobody.
  if (!beforeRun && !beforeRevision && !afterRevision && !afterRun && !onError) return events;
  const together = about.transaction === "all";
  const waiting: AfterRevision[] = [];
  let started = 0;
  return {
    ...events,
    async planned(steps) {
      started = performance.now();
      const run = { ...about, steps: steps.map(runStep) };
      await call(scene, "beforeRun", "nothing was run", () => beforeRun?.(run));
      await events.planned?.(steps);
    },
    async begun(step, position) {
      const it = { ...about, ...runStep(step), ...position };
      const stands = together ? "the whole run was rolled back" : `${nameOf(it)} was not run`;
      await call(scene, "beforeRevision", stands, () => beforeRevision?.(it), it);
      await events.begun?.(step, position);
    },
    async done(step, ms, position) {
      const it = { ...about, ...runStep(step), ...position, ms: Math.round(ms) };
      (together ? waiting : committed).push(it);
      await events.done?.(step, ms, position);
      if (!together) await tellOfRevision(scene, it);
    },
    async finished() {
      committed.push(...waiting);
      for (const it of waiting) await tellOfRevision(scene, it);
      const ms = Math.round(performance.now() - started);
      const run = { ...about, steps: committed.map(doneStep), ms };
      await call(scene, "afterRun", "everything was run and stays", () => afterRun?.(run));
      await events.finished?.();
    },
  };
}

function tellOfRevision(scene: Scene, it: AfterRevision): Promise<void> {
  const { afterRevision } = scene.project.config;
  const stays = `${nameOf(it)} is ${it.direction === "up" ? "applied" : "undone"} and stays so`;
  return call(scene, "afterRevision", stays, () => afterRevision?.(it), it);
}

function nameOf({ revision }: RunStep): string {
  return `revision ${revision}`;
}

/** A step, as callbacks and listeners are told of it. */
export function runStep({ direction, revision: { id, message, file } }: Step): RunStep {
  return { direction, revision: id, message, file };
}

function doneStep({ direction, revision, message, file, ms }: DoneStep): DoneStep {
  return { direction, revision, message, file, ms };
}

/** Do what a callback does; CALLBACK_FAILED says where the database stands when it throws. */
async function call(
  scene: Scene,
  name: keyof Callbacks,
  stands: string,
  work: () => unknown,
  step?: RunStep,
): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const state = `${stands}; ${await whereItIs(scene)}`;
    const location = placeOf(scene, cause);
    throw error(
      "CALLBACK_FAILED",
      { callback: name, why: messageOf(cause) },
      {
        ...(step && { revision: step.revision }),
        ...(location !== null && { location }),
        state,
        cause,
      },
    );
  }
}

/** The transaction of a run that is one is over by then. */
async function whereItIs({ connection }: Scene): Promise<string> {
  try {
    await connection.rollback();
    const { heads } = await connection.state();
    return `the database is at ${shown(heads ?? [])}`;
  } catch (failure) {
    return `where the database is cannot be told: ${messageOf(failure)}`;
  }
}

/** Tell `onError` of the config; gives the failure to throw. */
export async function tellOfFailure(
  { project, about, committed }: Omit<Scene, "connection">,
  failure: unknown,
): Promise<unknown> {
  const { onError } = project.config;
  try {
    const steps = committed.map(doneStep);
    await onError?.({ ...about, error: failureDocument(failure), steps });
    return failure;
  } catch (cause) {
    if (!(failure instanceof MigError)) return failure;
    const { code, message, help, context } = failure;
    const also = `\`onError\` of the config threw, too: ${messageOf(cause)}`;
    return new MigError(code, message, `${help}; ${also}`, context);
  }
}

function placeOf({ project: { file, root } }: Scene, cause: unknown): string | null {
  return file !== null && cause instanceof Error ? placeInStack(cause, file, root) : null;
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
