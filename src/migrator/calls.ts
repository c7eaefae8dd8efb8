/** What the calls of a Migrator do, by the same functions as the commands of `mig`. */
import { resolve } from "node:path";
import { serverUrl } from "../config/environment.ts";
import { recognise } from "../dialects/existing.ts";
import { error, fail, type MigError } from "../errors.ts";
import { runStep } from "./callbacks.ts";
import type { CheckDocument } from "./check.ts";
import { refuseUnconfirmed } from "./confirmed.ts";
import { type RunDocument, runDocument } from "./documents.ts";
import type { Emit, EventName, Listener } from "./events.ts";
import { type CurrentDocument, currentOf, type StatusDocument, statusOf } from "./look.ts";
import type {
  CompareOptions,
  MigratorOptions,
  RunOptions,
  StampOptions,
  UpgradeOptions,
} from "./migrator.ts";
import { openProject, type Project } from "./project.ts";
import { batchRequest, downgradeRequest, resetRequest, upgradeRequest } from "./requests.ts";
import {
  planOnDatabase,
  type RunListener,
  type RunRequest,
  readerOf,
  runOnDatabase,
} from "./run.ts";
import { stampOnDatabase } from "./stamp.ts";
import { checkOptions, checkTargets, failUsage } from "./usage.ts";

/** The calls of a Migrator. */
export interface Calls {
  upgrade(targets: readonly string[], options: UpgradeOptions): Promise<RunDocument>;
  downgrade(target: string, options: RunOptions): Promise<RunDocument>;
  downgradeBatch(options: RunOptions): Promise<RunDocument>;
  reset(options: RunOptions): Promise<RunDocument>;
  stamp(targets: readonly string[], options: StampOptions): Promise<RunDocument>;
  current(): Promise<CurrentDocument>;
  status(): Promise<StatusDocument>;
  check(options: CompareOptions): Promise<CheckDocument>;
}

interface Surroundings {
  readonly closed: boolean;
  readonly listeners: ReadonlyMap<EventName, ReadonlySet<Listener>>;
}

/** Do one call. The config and the history are read for it, as they are by then. */
export async function withCalls<Result>(
  options: MigratorOptions,
  { closed, listeners }: Surroundings,
  work: (calls: Calls) => Promise<Result>,
): Promise<Result> {
  if (closed) fail("MIGRATOR_CLOSED", {});
  const { emit, rethrow } = emitter(listeners);
  const project = await projectOf(options);
  try {
    const result = await work(callsOf(project, options, emit));
    rethrow();
    return result;
  } finally {
    project.loader.save();
  }
}

/** Tells listeners. What one throws must not stop what it only listens to: it is thrown when everything is over. */
function emitter(listeners: Surroundings["listeners"]): { emit: Emit; rethrow(): void } {
  let thrown: MigError | null = null;
  return {
    emit(name, event) {
      for (const listener of [...(listeners.get(name) ?? [])]) {
        try {
          listener(event as never);
        } catch (cause) {
          const why = cause instanceof Error ? cause.message : String(cause);
          const state = "everything that was asked for was done";
          thrown ??= error("LISTENER_THREW", { event: name, why }, { state, cause });
        }
      }
    },
    rethrow() {
      if (thrown !== null) throw thrown;
    },
  };
}

async function projectOf(options: MigratorOptions): Promise<Project> {
  const { config, root = ".", environment, url, connection } = options;
  checkOptions("Migrator", options);
  if (url !== undefined && connection !== undefined)
    failUsage("a Migrator takes a `url` or a `connection`", "leave out one of them");
  const place = typeof url === "object" ? serverUrl(url) : url;
  return openProject({
    folder: resolve(root),
    ...(config !== undefined && { config }),
    ...(environment !== undefined && { env: environment }),
    ...(place !== undefined && { url: place }),
    ...(connection !== undefined && { existing: recognise(connection) }),
  });
}

function callsOf(project: Project, { args }: MigratorOptions, emit: Emit): Calls {
  const modified = (files: readonly string[]) => emit("modified", { files });
  const run = (call: RunCall, options: RunOptions, request: () => RunRequest) => {
    checkOptions(call, options);
    return runCall(project, { ...options, ...(args && { args }) }, request(), emit);
  };
  return {
    async upgrade(targets, options) {
      checkTargets("upgrade", targets);
      return run("upgrade", options, () =>
        upgradeRequest(project, targets, { ...options, modified }),
      );
    },
    async downgrade(target, options) {
      checkTargets("downgrade", [target]);
      return run("downgrade", options, () => downgradeRequest(project, target));
    },
    downgradeBatch: async (options) => run("downgradeBatch", options, () => batchRequest(project)),
    reset: async (options) => run("reset", options, () => resetRequest(project)),
    async stamp(targets, options) {
      checkTargets("stamp", targets);
      checkOptions("stamp", options);
      return stampCall(project, targets, options, emit);
    },
    current: async () => (await currentOf(project)).document,
    status: () => statusOf(project),
    async check(options) {
      checkOptions("check", options);
      const { checkOf } = await import("./check.ts");
      return checkOf(project, { strict: options.strict, args });
    },
  };
}

type RunCall = "upgrade" | "downgrade" | "downgradeBatch" | "reset";

async function runCall(
  project: Project,
  options: RunOptions & Pick<MigratorOptions, "args">,
  request: RunRequest,
  emit: Emit,
): Promise<RunDocument> {
  const { dryRun = false, yes = false, transaction = "each" } = options;
  if (dryRun) return dryRunCall(project, options, request);
  refuseUnconfirmed(project.environment(), request.command, yes);
  return runOnDatabase(
    project,
    { ...options, transaction },
    request,
    listenerOf(emit),
    async ({ dialect, connection }, outcomes) => {
      const { heads } = await connection.state();
      return runDocument(dialect.name, false, outcomes, heads ?? []);
    },
  );
}

/** Every script is read and checked, as before a run. */
function dryRunCall(
  project: Project,
  options: RunOptions & Pick<MigratorOptions, "args">,
  request: RunRequest,
): Promise<RunDocument> {
  return planOnDatabase(project, request, async (session, heads, steps) => {
    const read = readerOf(project, options, session);
    for (const step of steps) await read(step);
    const ran = steps.map(({ direction, revision }) => ({ direction, revision, ms: 0 }));
    return runDocument(session.dialect.name, true, ran, heads);
  });
}

async function stampCall(
  project: Project,
  targets: readonly string[],
  { purge = false, yes = false }: StampOptions,
  emit: Emit,
): Promise<RunDocument> {
  refuseUnconfirmed(project.environment(), "stamp", yes);
  const waiting = (holder: string) => emit("waiting", { holder });
  return stampOnDatabase(project, targets, { purge, waiting }, async (session, stamped) => {
    const { dialect, connection } = session;
    const { revisions, ms } = stamped;
    const ran = revisions.map((revision) => ({ direction: "stamp" as const, revision, ms }));
    const { heads } = await connection.state();
    return runDocument(dialect.name, false, ran, heads ?? []);
  });
}

/** A run's events as those of a Migrator. */
function listenerOf(emit: Emit): RunListener {
  return {
    events: {
      planned: (steps) => emit("planned", { steps: steps.map(runStep) }),
      begun: (step, position) => emit("begin", { ...runStep(step), ...position }),
      done: (step, ms, position) =>
        emit("revision", { ...runStep(step), ...position, ms: Math.round(ms) }),
      failed: (step) => emit("failed", runStep(step)),
    },
    notes: {
      waiting: (holder) => emit("waiting", { holder }),
      retrying: (why, delay) => emit("retrying", { why, delay }),
    },
    onProgress: (progress) => emit("progress", progress),
    backingUp: () => {},
    backedUp: (_environment, backup) => emit("backup", backup),
  };
}
