import { offlineRange } from "../../revisions/offline.ts";
import { stampPlan } from "../../revisions/stamp.ts";
import { scriptNumbering } from "../../runtime/log-entry.ts";
import { stampDatabase, stampStatements } from "../../runtime/stamp.ts";
import { confirmChange } from "../guard.ts";
import { note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject, type Project } from "../project.ts";
import { runDocument, runNotes, stepLine } from "../run-output.ts";
import { printScript } from "../run-script.ts";
import { environmentDialect, runInfo, withSession } from "../session.ts";

interface StampOptions extends GlobalOptions {
  readonly purge?: boolean;
  readonly sql?: boolean;
  readonly yes?: boolean;
}

/** `mig stamp`: mark the database as being at the targets, running nothing. */
export async function stamp(targets: readonly string[], options: StampOptions): Promise<void> {
  const project = await openProject(options);
  if (options.sql) return printStamp(project, targets, options);
  const graph = project.graph();
  const environment = project.environment();
  await confirmChange(environment, "stamp", options);
  await withSession(project, { readOnly: false }, async (session) => {
    const started = performance.now();
    const target = {
      ...session,
      versionTable: project.versionTable,
      info: runInfo(environment.name),
    };
    const plan = await stampDatabase(
      target,
      (heads) => stampPlan(graph, heads, targets, { purge: options.purge ?? false }),
      runNotes.waiting,
    );
    const ms = performance.now() - started;
    if (options.json) {
      const outcomes = plan.revisions.map((revision) => ({
        direction: "stamp" as const,
        revision,
        ms,
      }));
      const { heads } = await session.connection.state();
      printJson(runDocument(session.dialect.name, false, outcomes, heads ?? []));
    } else if (plan.adds.length > 0) {
      for (const revision of plan.revisions) print(stepLine("stamp", revision));
    } else
      note(
        plan.removes.length > 0 ? `no longer at ${plan.removes.join(", ")}` : "nothing to stamp",
      );
  });
}

async function printStamp(
  project: Project,
  targets: readonly string[],
  options: StampOptions,
): Promise<void> {
  const dialect = await environmentDialect(project);
  const graph = project.graph();
  const { currentHeads, targets: ends } = offlineRange(graph, "up", targets);
  const target = {
    dialect,
    versionTable: project.versionTable,
    info: runInfo(project.environment().name),
  };
  const statements = stampStatements(
    target,
    stampPlan(graph, currentHeads, ends),
    scriptNumbering(),
    "now",
  );
  const { before, after } = dialect.scriptEnvelope({
    transaction: true,
    suspendForeignKeys: false,
  });
  const script = [...before, ...statements, ...after].map((sql) => `${sql};`).join("\n\n");
  printScript(dialect.name, script, options);
}
