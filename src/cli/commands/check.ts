import { judge } from "../../migrator/check.ts";
import { extraDocument } from "../../migrator/difference.ts";
import type { Schema } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import { withComparison } from "../comparing.ts";
import { extraLine } from "../extra-line.ts";
import { note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";

interface CheckOptions extends GlobalOptions {
  readonly strict?: boolean;
  readonly parity?: boolean;
}

/** `mig check`: whether the database is what the Drizzle schema says. Ends with 1 where it is not. */
export async function check(options: CheckOptions): Promise<number> {
  if (options.parity) return (await import("./check-parity.ts")).checkParity(options);
  const project = await openProject(options);
  return withComparison(project, options, "mig check", async (compared) => {
    const { document, unmanaged } = judge(compared, options.strict ?? false);
    const { operations, clean } = document;
    if (options.json) {
      printJson(
        options.strict ? { ...document, unmanaged: unmanaged.map(extraDocument) } : document,
      );
    } else {
      for (const line of await linesOf(operations, compared.current)) print(line);
      for (const extra of unmanaged) (options.strict ? print : note)(extraLine(extra));
      if (clean) print("the database is what the schema says");
      else note("`mig revision --autogenerate` drafts what is missing");
    }
    return clean ? 0 : 1;
  });
}

/** What describes differences is loaded where there are some. */
async function linesOf(
  operations: readonly Operation[],
  current: Schema,
): Promise<readonly string[]> {
  if (operations.length === 0) return [];
  const { describeDifferences } = await import("../../operations/describe/differences.ts");
  return describeDifferences(operations, current);
}
