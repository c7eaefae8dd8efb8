/** Differences between a database and its Drizzle schema, as `check` and `diff` print them with --json. */
import type { Extra } from "../autogenerate/diff.ts";
import { type DialectName, displayName } from "../model/schema.ts";
import { describe } from "../operations/describe.ts";
import type { Operation } from "../operations/operation.ts";

export interface DifferenceDocument {
  readonly dialect: DialectName;
  /** Whether the database is what the Drizzle schema says. */
  readonly clean: boolean;
  /** What would make it so; `describe` says it for people. */
  readonly operations: readonly (Operation & { readonly describe: string })[];
}

export function differenceDocument(
  dialect: DialectName,
  operations: readonly Operation[],
  clean: boolean,
): DifferenceDocument {
  const described = operations.map((it) => ({ ...it, describe: describe(it) }));
  return { dialect, clean, operations: described };
}

/** Something that is in the database, and that neither the schema nor the history knows. */
export interface ExtraDocument {
  readonly kind: Extra["kind"];
  readonly name: string;
  /** Of an index. */
  readonly table?: string;
  readonly describe: string;
}

export function extraDocument({ kind, name, table }: Extra): ExtraDocument {
  const shown = displayName(name);
  const describe = `${kind} ${shown} is in the database, not in the schema, and was not made by this history`;
  return { kind, name: shown, ...(table !== undefined && { table: displayName(table) }), describe };
}
