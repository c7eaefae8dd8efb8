import { plan } from "../../autogenerate/plan.ts";
import { terminated } from "../../dialects/statement.ts";
import { describe } from "../../operations/describe.ts";
import { statementsFor } from "../../runtime/difference-sql.ts";
import { type Compared, withComparison } from "../comparing.ts";
import { type RenameOptions, renamesBy } from "../decide-renames.ts";
import { differenceDocument, extraLine } from "../difference-document.ts";
import { note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";

interface DiffOptions extends GlobalOptions, RenameOptions {}

/** `mig diff`: the SQL that a draft would run, and nothing else: no file, no change. */
export async function diffCommand(options: DiffOptions): Promise<void> {
  const project = await openProject(options);
  await withComparison(project, options, "mig diff", async (compared) => {
    const renames = renamesBy(options);
    const { current, desired, desiredFor, session } = compared;
    const decided = { ...compared.options, ...renames, desiredFor };
    const { operations, unmanaged } = await plan(current, desired, decided);
    renames.finish();
    for (const extra of unmanaged) note(extraLine(extra));
    const clean = operations.length === 0;
    if (options.json) printJson(differenceDocument(session.dialect.name, operations, clean));
    else if (clean) note("the database is what the schema says");
    else await printStatements(compared, operations);
  });
}

async function printStatements(
  { session }: Compared,
  operations: Parameters<typeof statementsFor>[1],
): Promise<void> {
  for (const { operation, statements } of await statementsFor(session, operations)) {
    print(`-- ${describe(operation)}`);
    for (const sql of statements) print(terminated(sql));
  }
}
