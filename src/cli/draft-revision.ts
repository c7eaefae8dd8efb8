/** `mig revision --autogenerate`: what the database lacks, written as a revision. */
import { plan, wayBack } from "../autogenerate/plan.ts";
import { remarkOn, remarksOnMoves, remarksOnViews } from "../autogenerate/remarks.ts";
import { type Drafted, render } from "../autogenerate/render/render.ts";
import { fail } from "../errors.ts";
import { describe } from "../operations/describe.ts";
import type { Operation } from "../operations/operation.ts";
import { type Compared, withComparison } from "./comparing.ts";
import { type RenameOptions, renamesBy } from "./decide-renames.ts";
import { extraLine } from "./difference-document.ts";
import { note } from "./output.ts";
import type { GlobalOptions, Project } from "./project.ts";

export interface DraftOptions extends GlobalOptions, RenameOptions {
  readonly fromEmpty?: boolean;
}

/** The two scripts, and the names that they import; null where nothing differs. */
export interface DraftedScripts {
  readonly upgrade: string;
  readonly downgrade: string;
  readonly imports: readonly string[];
}

export function draftScripts(
  project: Project,
  options: DraftOptions,
): Promise<DraftedScripts | null> {
  return withComparison(project, options, "mig revision --autogenerate", async (compared) => {
    const renames = renamesBy(options);
    const { current, desired, desiredFor, session } = compared;
    const planned = await plan(current, desired, { ...compared.options, ...renames, desiredFor });
    renames.finish();
    for (const extra of planned.unmanaged) note(extraLine(extra));
    const operations = await processed(project, planned.operations);
    if (operations.length === 0) return null;
    // What the database would refuse unseen (a name that is too long) is refused before it is written.
    for (const operation of operations)
      session.dialect.check({ operation, site: new Error("drafted here") });
    const upgrade = render(await withRemarks(operations, compared, options));
    const downgrade = render(wayBack(operations, current, session.dialect.rules));
    const imports = [...new Set([...upgrade.imports, ...downgrade.imports])].sort();
    return { upgrade: upgrade.text, downgrade: downgrade.text, imports };
  });
}

/** `processDraft` of the config may leave operations out, or add some. */
async function processed(
  { config }: Project,
  operations: readonly Operation[],
): Promise<readonly Operation[]> {
  if (config.processDraft === undefined) return operations;
  try {
    const given: unknown = await config.processDraft(operations);
    return checked(given);
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return fail("DRAFT_HOOK_FAILED", { hook: "processDraft", why }, { cause: failure });
  }
}

/** A config may be JavaScript. */
function checked(given: unknown): readonly Operation[] {
  if (!Array.isArray(given)) throw new TypeError("it gave no list of operations");
  for (const operation of given as readonly Operation[]) {
    try {
      describe(operation);
    } catch {
      throw new TypeError(`it gave what is no operation: ${JSON.stringify(operation)}`);
    }
  }
  return given as readonly Operation[];
}

/** What the rows that exist have against each operation. An empty database has nothing against any. */
async function withRemarks(
  operations: readonly Operation[],
  { session, current, notes }: Compared,
  { fromEmpty = false }: DraftOptions,
): Promise<readonly Drafted[]> {
  const { dialect, connection } = session;
  const concerns = fromEmpty ? [] : await dialect.concerns(operations, current, connection);
  const [moves, views] = [remarksOnMoves(operations), remarksOnViews(operations, current, notes)];
  return operations.map((operation, at) => ({
    operation,
    remarks: [...(moves[at] ?? []), ...(views[at] ?? []), ...(concerns[at] ?? []).map(remarkOn)],
  }));
}
