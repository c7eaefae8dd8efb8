import { error } from "../../errors.ts";
import { checksumOf } from "../../runtime/checksum.ts";
import { type Repair, repairDatabase } from "../../runtime/repair.ts";
import { confirmChange } from "../guard.ts";
import { colours, note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { runNotes } from "../run-output.ts";
import { runInfo, withSession } from "../session.ts";

interface RepairOptions extends GlobalOptions {
  readonly accept?: readonly string[];
  readonly handled?: readonly string[];
  readonly forget?: readonly string[];
  readonly reason: string;
  readonly yes?: boolean;
}

/** `mig repair`: log what was decided about findings of `verify`. No revision is run. */
export async function repair(options: RepairOptions): Promise<void> {
  const { accept = [], handled = [], forget = [], reason } = options;
  if (accept.length + handled.length + forget.length === 0)
    throw error("WRONG_USAGE", { message: "say what to repair: --accept, --handled or --forget" });
  if (reason.trim() === "")
    throw error("WRONG_USAGE", { message: "--reason is empty: it is kept in the log" });
  const project = await openProject(options);
  const graph = project.graph();
  const environment = project.environment();
  await confirmChange(environment, "repair", options);
  await withSession(project, { readOnly: false }, async (session) => {
    const { versionTable } = project;
    const target = { ...session, versionTable, info: runInfo(environment.name) };
    const request = { accept, handled, forget, reason };
    const repairs = await repairDatabase(target, { graph, checksumOf }, request, runNotes.waiting);
    const { heads } = await session.connection.state();
    const current = heads ?? [];
    if (options.json) {
      const documents = repairs.map(({ kind, revision }) => ({ action: kind, revision, reason }));
      printJson({ dialect: session.dialect.name, repairs: documents, current });
    } else tell(repairs, current);
  });
}

function tell(repairs: readonly Repair[], current: readonly string[]): void {
  for (const { kind, revision } of repairs) {
    print(`${kind.padEnd(9)}  ${colours.yellow(revision)}`);
  }
  if (repairs.some(({ kind }) => kind === "forget"))
    note(`the database is at ${current.join(", ") || "base"}`);
}
