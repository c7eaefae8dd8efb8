/** Printing upgrade and downgrade as SQL. No database is asked. */
import type { DialectName } from "../model/schema.ts";
import { type Step, upgradePath } from "../revisions/path.ts";
import { migrate } from "../runtime/migrate.ts";
import { scriptTarget } from "../runtime/script.ts";
import { readScript } from "../runtime/script-file.ts";
import { note, print, printJson, warn } from "./output.ts";
import type { Project } from "./project.ts";
import { type RunOptions, scriptReader } from "./run.ts";
import { environmentDialect, runInfo } from "./session.ts";

/** Print the script of `steps`, which starts at `heads`. With --json the script is a member of the document. */
export async function runAsScript(
  project: Project,
  options: RunOptions,
  { heads, steps }: { readonly heads: readonly string[]; readonly steps: readonly Step[] },
): Promise<void> {
  const dialect = await environmentDialect(project);
  const reader = scriptReader(project, options, { dialect });
  await migrate({
    plan: () => steps,
    read: (step) => readScript(reader, step.revision, step.direction),
    target: scriptTarget({
      dialect,
      root: project.root,
      versionTable: project.versionTable,
      heads,
      replay: () =>
        Promise.all(
          upgradePath(project.graph(), [], heads).map(async (step) => ({
            ...step,
            script: await readScript(reader, step.revision, "up"),
          })),
        ),
      info: runInfo(project.environment().name),
      transaction: options.transaction,
      print: (script) => printScript(dialect.name, script, options),
      note: warn,
    }),
    events: {},
  });
}

/** A script on stdout; with --json it is a member of the document. */
export function printScript(
  dialect: DialectName,
  script: string,
  options: { readonly json?: boolean },
): void {
  if (options.json) printJson({ dialect, sql: script === "" ? "" : `${script}\n` });
  else if (script === "") note("nothing to do");
  else print(script);
}
