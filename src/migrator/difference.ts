/** Differences between a database and its Drizzle schema, as `check` and `diff` print them with --json. */
import type { DialectName } from "../model/schema.ts";
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
