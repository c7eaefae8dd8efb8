/** Running upgrade, downgrade and reset on the environment's database. */
import { runDocument } from "../migrator/documents.ts";
import { planOnDatabase, type RunRequest, runOnDatabase as run } from "../migrator/run.ts";
import { scriptReader as reader, type ScriptOptions } from "../migrator/script-reader.ts";
import type { ScriptReader } from "../runtime/script-file.ts";
import { confirmChange } from "./guard.ts";
import { interruptible } from "./interrupt.ts";
import { note, print, printJson } from "./output.ts";
import { previewSteps } from "./preview.ts";
import type { GlobalOptions, Project } from "./project.ts";
import { runListener } from "./run-output.ts";
import type { Session } from "./session.ts";

export interface RunOptions extends GlobalOptions {
  readonly sql?: boolean;
  readonly dryRun?: boolean;
  readonly transaction: "each" | "all";
  readonly yes?: boolean;
  readonly stripTransactions?: boolean;
}

/** Run the steps of `request`, and tell what was done; `nothing` is said when there is nothing to do. */
export async function runOnDatabase(
  project: Project,
  options: RunOptions,
  request: RunRequest,
  nothing: string,
): Promise<void> {
  const environment = project.environment();
  if (options.dryRun) return dryRun(project, options, request, nothing);
  await confirmChange(environment, request.command, options);
  const settings = { ...scriptOptions(options), transaction: options.transaction };
  const listener = runListener(options.json ?? false);
  const tell: RunWork = async ({ dialect, connection }, outcomes) => {
    if (options.json) {
      const { heads } = await connection.state();
      printJson(runDocument(dialect.name, false, outcomes, heads ?? []));
    } else if (outcomes.length === 0) note(nothing);
  };
  await interruptible((signal) => run(project, { ...settings, signal }, request, listener, tell));
}

type RunWork = Parameters<typeof run<void>>[4];

async function dryRun(
  project: Project,
  options: RunOptions,
  request: RunRequest,
  nothing: string,
): Promise<void> {
  await planOnDatabase(project, request, async (session, heads, steps) => {
    const previews = await previewSteps(
      steps,
      scriptReader(project, options, session),
      session.connection,
    );
    if (options.json) {
      const outcomes = steps.map(({ direction, revision }) => ({ direction, revision, ms: 0 }));
      printJson(runDocument(session.dialect.name, true, outcomes, heads));
    } else if (steps.length === 0) note(nothing);
    else print(previews.join("\n"));
  });
}

/** How the scripts of the project's revisions are read. */
export function scriptReader(
  project: Project,
  options: GlobalOptions & Pick<RunOptions, "stripTransactions">,
  session: Pick<Session, "dialect">,
): ScriptReader {
  return reader(project, scriptOptions(options), session);
}

function scriptOptions({
  x,
  stripTransactions,
}: GlobalOptions & Pick<RunOptions, "stripTransactions">): ScriptOptions {
  return { args: x, stripTransactions };
}
