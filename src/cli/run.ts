/** Running upgrade and downgrade on the environment's database. */
import type { LogRow } from "../dialects/dialect.ts";
import { fail } from "../errors.ts";
import type { Step } from "../revisions/path.ts";
import { databaseTarget } from "../runtime/database.ts";
import { refuseHalfApplied, upgradeFrom } from "../runtime/half-done.ts";
import { migrate, type Run } from "../runtime/migrate.ts";
import { readScript, type ScriptReader } from "../runtime/script-file.ts";
import { backUp, confirmChange } from "./guard.ts";
import { interruptible } from "./interrupt.ts";
import { note, print, printJson } from "./output.ts";
import { previewSteps } from "./preview.ts";
import type { GlobalOptions, Project } from "./project.ts";
import { progress, runDocument, runNotes } from "./run-output.ts";
import { runInfo, type Session, withSession } from "./session.ts";

export interface RunOptions extends GlobalOptions {
  readonly sql?: boolean;
  readonly dryRun?: boolean;
  readonly transaction: "each" | "all";
  readonly yes?: boolean;
  readonly stripTransactions?: boolean;
}

/** Reads the whole log; most plans do without. */
export type ReadLog = () => Promise<readonly LogRow[]>;

/** What a command wants of the database. */
export interface RunRequest {
  readonly command: "upgrade" | "downgrade" | "reset";
  /** What to say when there is nothing to do. */
  readonly nothing: string;
  plan(heads: readonly string[], log: ReadLog): readonly Step[] | Promise<readonly Step[]>;
  /** Whether the plan still holds from other heads, when another run moved them meanwhile. */
  readonly planAgain: boolean;
}

/** Run the steps of `request`, and tell what was done. */
export async function runOnDatabase(
  project: Project,
  options: RunOptions,
  request: RunRequest,
): Promise<void> {
  const environment = project.environment();
  if (options.dryRun) return dryRun(project, options, request);
  await confirmChange(environment, request.command, options);
  await interruptible((signal) => run(project, options, request, signal));
}

async function run(
  project: Project,
  options: RunOptions,
  request: RunRequest,
  signal: AbortSignal,
): Promise<void> {
  const environment = project.environment();
  const { onProgress, ...events } = progress(options.json ?? false);
  await withSession(project, { readOnly: false, signal, onProgress }, async (session) => {
    const outcomes = await migrate({
      plan: planOnce(project, request, session.connection.log),
      read: (step) =>
        readScript(scriptReader(project, options, session), step.revision, step.direction),
      target: databaseTarget({
        ...session,
        versionTable: project.versionTable,
        root: project.root,
        transaction: options.transaction,
        info: runInfo(environment.name),
        runLock: session.timeouts.runLock,
        notes: runNotes,
        signal,
      }),
      events: {
        ...events,
        planned: () => backUp(environment, project.root, session.dialect),
      },
    });
    if (options.json) {
      const { heads } = await session.connection.state();
      printJson(runDocument(session.dialect.name, false, outcomes, heads ?? []));
    } else if (outcomes.length === 0) note(request.nothing);
  });
}

/** The plan of the first look, and an error where it would be another one after somebody else's run. */
function planOnce(
  project: Project,
  { command, plan, planAgain }: RunRequest,
  log: ReadLog,
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

async function dryRun(project: Project, options: RunOptions, request: RunRequest): Promise<void> {
  await withSession(project, { readOnly: true }, async (session) => {
    const { heads: found, unfinished } = await session.connection.state();
    const heads = found ?? [];
    const steps = await planOnce(project, request, session.connection.log)(heads, unfinished);
    const reader = scriptReader(project, options, session);
    const previews = await previewSteps(steps, reader, session.connection);
    if (options.json) {
      const outcomes = steps.map(({ direction, revision }) => ({ direction, revision, ms: 0 }));
      printJson(runDocument(session.dialect.name, true, outcomes, heads));
    } else if (steps.length === 0) note(request.nothing);
    else print(previews.join("\n"));
  });
}

/** How the scripts of the project's revisions are read. */
export function scriptReader(
  project: Project,
  options: GlobalOptions & Pick<RunOptions, "stripTransactions">,
  { dialect }: Pick<Session, "dialect">,
): ScriptReader {
  return {
    ...{ dialect, loader: project.loader, root: project.root, args: options.x ?? {} },
    stripTransactions: options.stripTransactions ?? false,
  };
}
