/** Running upgrade, downgrade and reset on a database. */
import type { AboutRun, AfterRevision } from "../config/callbacks.ts";
import type { LogRow } from "../dialects/dialect.ts";
import { maskedText } from "../dialects/mask.ts";
import type { StatementProgress } from "../dialects/statement.ts";
import { fail, MigError } from "../errors.ts";
import type { Step } from "../revisions/path.ts";
import { logBackup } from "../runtime/backup-log.ts";
import { databaseTarget } from "../runtime/database.ts";
import { refuseHalfApplied, upgradeFrom } from "../runtime/half-done.ts";
import { migrate, type Run, type RunEvents, type StepOutcome } from "../runtime/migrate.ts";
import type { RunNotes } from "../runtime/options.ts";
import { readScript } from "../runtime/script-file.ts";
import type { Backup } from "./backup.ts";
import { tellOfFailure, withCallbacks } from "./callbacks.ts";
import type { Project } from "./project.ts";
import { type ScriptOptions, scriptReader } from "./script-reader.ts";
import { environmentDialect, runInfo, type Session, withSession } from "./session.ts";

export interface RunSettings extends ScriptOptions {
  /** A transaction for each revision, or one for the whole run. */
  readonly transaction: "each" | "all";
  /** Ends the run with INTERRUPTED. */
  readonly signal?: AbortSignal | undefined;
}

/** The log, for a plan that asks for it. */
export interface LogReader {
  all(): Promise<readonly LogRow[]>;
  newestRun(): Promise<string | null>;
}

/** What a call wants of the database. */
export interface RunRequest {
  readonly command: AboutRun["command"];
  plan(heads: readonly string[], log: LogReader): readonly Step[] | Promise<readonly Step[]>;
  /** What is in the files that were read already, by their paths. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Whether the plan still holds from other heads, when another run moved them meanwhile. */
  readonly planAgain: boolean;
}

/** Whom a run tells, and of what. */
export interface RunListener {
  readonly events: RunEvents;
  readonly notes: RunNotes;
  /** A statement takes long. */
  readonly onProgress: (progress: StatementProgress) => void;
  /** The environment's backup begins: "auto", or a command, without passwords. */
  backingUp(environment: string, how: string): void;
  backedUp(environment: string, backup: Backup): void;
}

/** Run the steps of `request`; `work` is given what was run before the session ends. */
export async function runOnDatabase<Result>(
  project: Project,
  options: RunSettings,
  request: RunRequest,
  listener: RunListener,
  work: (session: Session, outcomes: readonly StepOutcome[]) => Promise<Result>,
): Promise<Result> {
  const environment = project.environment();
  const { transaction } = options;
  const signal = options.signal && { signal: options.signal };
  const connecting = { readOnly: false, onProgress: listener.onProgress, ...signal };
  const dialect = await environmentDialect(project);
  const about = {
    command: request.command,
    dialect: dialect.name,
    environment: environment.name,
    transaction,
  };
  const told = { project, about, committed: [] as AfterRevision[] };
  try {
    return await withSession(project, connecting, async (session) => {
      const events: RunEvents = {
        ...listener.events,
        async planned(steps) {
          await listener.events.planned?.(steps);
          await saveFirst(project, session, { ...options, listener });
        },
      };
      const outcomes = await migrate({
        plan: planOnce(project, request, logOf(session)),
        read: readerOf(project, { ...options, texts: request.texts }, session),
        target: databaseTarget({
          ...session,
          versionTable: project.versionTable,
          root: project.root,
          transaction,
          info: runInfo(environment.name),
          runLock: session.timeouts.runLock,
          notes: listener.notes,
          ...signal,
        }),
        events: withCallbacks(events, { ...told, connection: session.connection }),
      });
      return work(session, outcomes);
    });
  } catch (failure) {
    throw await tellOfFailure(told, failure);
  }
}

/** What a run would do; `work` is given the steps. Nothing is changed. */
export async function planOnDatabase<Result>(
  project: Project,
  request: RunRequest,
  work: (session: Session, heads: readonly string[], steps: readonly Step[]) => Promise<Result>,
): Promise<Result> {
  return withSession(project, { readOnly: true }, async (session) => {
    const { heads: found, unfinished } = await session.connection.state();
    const heads = found ?? [];
    const plan = planOnce(project, request, logOf(session));
    return work(session, heads, await plan(heads, unfinished));
  });
}

/** Reads the script of a step. */
export function readerOf(
  project: Project,
  options: ScriptOptions,
  session: Pick<Session, "dialect">,
): Run["read"] {
  const reader = scriptReader(project, options, session);
  return (step) => readScript(reader, step.revision, step.direction);
}

/** The backup that the environment asks for, and its row of the log. */
async function saveFirst(
  project: Project,
  session: Session,
  { signal, listener }: Pick<RunSettings, "signal"> & { readonly listener: RunListener },
): Promise<void> {
  const environment = project.environment();
  const { backup: how, name } = environment;
  if (how === null) return;
  const startedAt = new Date();
  listener.backingUp(name, maskedText(how));
  const { backUp } = await import("./backup.ts");
  const place = { root: project.root, dialect: session.dialect, signal };
  const backup = await backUp({ ...environment, backup: how }, place).catch(nothingRun);
  listener.backedUp(name, backup);
  const { file, command } = backup;
  const message = file ?? command;
  if (message === null) return;
  const target = { ...session, versionTable: project.versionTable, info: runInfo(name) };
  await logBackup(target, { message, file: file ?? "", startedAt });
}

/** BACKUP_FAILED says so by itself. */
function nothingRun(failure: unknown): never {
  const wasStopped = failure instanceof MigError && failure.code === "INTERRUPTED";
  throw wasStopped ? failure.within({ state: "nothing was run" }) : failure;
}

function logOf({ connection: { log, newestRun } }: Session): LogReader {
  return { all: log, newestRun };
}

/** The plan of the first look, and an error where it would be another one after somebody else's run. */
function planOnce(
  project: Project,
  { command, plan, planAgain }: RunRequest,
  log: LogReader,
): Run["plan"] {
  let first: readonly string[] | null = null;
  return (heads, unfinished) => {
    if (first !== null && !planAgain) {
      fail("HEADS_MOVED", {
        expected: first.join(", ") || "base",
        found: heads.join(", ") || "base",
      });
    }
    first = heads;
    if (command === "upgrade")
      return upgradeFrom(project.graph(), { heads, unfinished }, (from) => plan(from, log));
    refuseHalfApplied({ heads, unfinished });
    return plan(heads, log);
  };
}
