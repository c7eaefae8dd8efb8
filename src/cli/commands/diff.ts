import { plan } from "../../autogenerate/plan.ts";
import { terminated } from "../../dialects/statement.ts";
import { fail } from "../../errors.ts";
import { differenceDocument } from "../../migrator/difference.ts";
import type { DialectName } from "../../model/schema.ts";
import { describe } from "../../operations/describe.ts";
import type { Operation } from "../../operations/operation.ts";
import { statementsFor } from "../../runtime/difference-sql.ts";
import { withComparison } from "../comparing.ts";
import { type RenameOptions, renamesBy } from "../decide-renames.ts";
import { extraLine } from "../extra-line.ts";
import { note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";

interface DiffOptions extends GlobalOptions, RenameOptions {
  readonly dialect?: DialectName;
}

/**
 * `mig diff`: the SQL that a draft would run, and nothing else: no file, no change. With a span what lies between two
 * revisions, and no database at all.
 */
export async function diffCommand(span: string | undefined, options: DiffOptions): Promise<void> {
  if (span !== undefined)
    return (await import("../diff-revisions.ts")).diffRevisions(span, options);
  if (options.dialect !== undefined)
    fail("WRONG_USAGE", {
      message: "--dialect is for what changed between two revisions: from..to",
    });
  const project = await openProject(options);
  await withComparison(project, options, "mig diff", async (compared) => {
    const renames = renamesBy(options);
    const { current, desired, desiredFor, session } = compared;
    const decided = { ...compared.options, ...renames, desiredFor };
    const { operations, unmanaged } = await plan(current, desired, decided);
    renames.finish();
    for (const extra of unmanaged) note(extraLine(extra));
    await printDifference(session, operations, {
      ...options,
      clean: "the database is what the schema says",
    });
  });
}

/** `operations` as SQL, or as a document; `clean` is said where there are none. */
export async function printDifference(
  place: Parameters<typeof statementsFor>[0],
  operations: readonly Operation[],
  { json = false, clean }: { readonly json?: boolean; readonly clean: string },
): Promise<void> {
  const isClean = operations.length === 0;
  if (json) printJson(differenceDocument(place.dialect.name, operations, isClean));
  else if (isClean) note(clean);
  else
    for (const { operation, statements } of await statementsFor(place, operations)) {
      print(`-- ${describe(operation)}`);
      for (const sql of statements) print(terminated(sql));
    }
}
