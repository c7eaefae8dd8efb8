/** What becomes of the operations of a draft before they are written. */
import type { Extra } from "../autogenerate/diff.ts";
import { remarkOn, remarksOnMoves, remarksOnViews } from "../autogenerate/remarks.ts";
import type { Drafted } from "../autogenerate/render/render.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { fail } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";
import { describe } from "../operations/describe.ts";
import type { Operation } from "../operations/operation.ts";
import type { Compared } from "./comparing.ts";
import { extraLine } from "./extra-line.ts";
import { note } from "./output.ts";
import type { Project } from "./project.ts";

/** `of` says which database it is about, where there are two. */
export function tellUnmanaged(unmanaged: readonly Extra[], of = ""): void {
  for (const extra of unmanaged) note(of + extraLine(extra));
}

/** `processDraft` of the config may leave operations out, or add some. */
export async function processed(
  { config }: Project,
  dialect: DialectName,
  operations: readonly Operation[],
): Promise<readonly Operation[]> {
  if (config.processDraft === undefined) return operations;
  try {
    const given: unknown = await config.processDraft(operations, { dialect });
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

/** What the database would refuse unseen (a name that is too long) is refused before it is written. */
export function checkDrafted(dialect: Dialect, operations: readonly Operation[]): void {
  for (const operation of operations) dialect.check({ operation, site: new Error("drafted here") });
}

/** What the rows that exist have against each operation. A database without any has nothing against any. */
export async function withRemarks(
  operations: readonly Operation[],
  { session, current, notes, hasRows }: Compared,
): Promise<readonly Drafted[]> {
  const { dialect, connection } = session;
  const concerns = hasRows ? await dialect.concerns(operations, current, connection) : [];
  const [moves, views] = [remarksOnMoves(operations), remarksOnViews(operations, current, notes)];
  return operations.map((operation, at) => ({
    operation,
    remarks: [...(moves[at] ?? []), ...(views[at] ?? []), ...(concerns[at] ?? []).map(remarkOn)],
  }));
}
