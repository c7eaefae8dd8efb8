import { runDocument } from "../../migrator/documents.ts";
import { stampOnDatabase } from "../../migrator/stamp.ts";
import { offlineRange } from "../../revisions/offline.ts";
import { stampPlan } from "../../revisions/stamp.ts";
import { scriptNumbering } from "../../runtime/log-entry.ts";
import { stampStatements } from "../../runtime/stamp.ts";
import { confirmChange } from "../guard.ts";
import { note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject, type Project } from "../project.ts";
import { runNotes, stepLine } from "../run-output.ts";
import { printScript } from "../run-script.ts";
import { environmentDialect, runInfo } from "../session.ts";

interface StampOptions extends GlobalOptions {
  readonly purge?: boolean;
  readonly sql?: boolean;
  readonly yes?: boolean;
}

/** `mig stamp`: mark the database as being at the targets, running nothing. */
export async function stamp(targets: readonly string[], options: StampOptions): Promise<void> {
  const project = await openProject(options);
  if (options.sql) return printStamp(project, targets, options);
  await confirmChange(project.environment(), "stamp", options);
  const how = { purge: options.purge ?? false, waiting: runNotes.waiting };
  await stampOnDatabase(project, targets, how, async ({ dialect, connection }, stamped) => {
    const { revisions, adds, removes, ms } = stamped;
    if (options.json) {
      const outcomes = revisions.map((revision) => ({
        direction: "stamp" as const,
        revision,
        ms,
      }));
      const { heads } = await connection.state();
      printJson(runDocument(dialect.name, false, outcomes, heads ?? []));
    } else if (adds.length > 0) for (const it of revisions) print(stepLine("stamp", it));
    else note(removes.length > 0 ? `no longer at ${removes.join(", ")}` : "nothing to stamp");
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
