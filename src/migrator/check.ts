/** Whether a database is what its Drizzle schema says. */
import { diff, type Extra } from "../autogenerate/diff.ts";
import { type Compared, withComparison } from "./comparing.ts";
import {
  type DifferenceDocument,
  differenceDocument,
  type ExtraDocument,
  extraDocument,
} from "./difference.ts";
import type { Project } from "./project.ts";
import type { ScriptOptions } from "./script-reader.ts";

export interface CheckDocument extends DifferenceDocument {
  /** What neither the schema nor the history knows; it counts where `strict` is asked for. */
  readonly unmanaged: readonly ExtraDocument[];
  /** What is not compared, or was compared as text. */
  readonly notes: readonly string[];
}

/** What `check` says of a comparison. */
export function judge(
  { session, ...compared }: Compared,
  strict: boolean,
): { readonly document: DifferenceDocument; readonly unmanaged: readonly Extra[] } {
  const { operations, unmanaged } = diff(compared.current, compared.desired, compared.options);
  const clean = operations.length === 0 && !(strict && unmanaged.length > 0);
  return { document: differenceDocument(session.dialect.name, operations, clean), unmanaged };
}

export function checkOf(
  project: Project,
  { strict = false, args }: { readonly strict?: boolean | undefined } & Pick<ScriptOptions, "args">,
): Promise<CheckDocument> {
  return withComparison(project, { args }, "check", async (compared) => {
    const { document, unmanaged } = judge(compared, strict);
    const notes = compared.notes.map(({ object, what }) => `${object} ${what}`);
    return {
      ...document,
      unmanaged: unmanaged.map(extraDocument),
      notes: [...new Set(notes)],
    };
  });
}
