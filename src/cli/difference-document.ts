/** Differences as `check` and `diff` print them with --json. */
import type { DialectName } from "../model/schema.ts";
import { describe } from "../operations/describe.ts";
import type { Operation } from "../operations/operation.ts";

export function differenceDocument(
  dialect: DialectName,
  operations: readonly Operation[],
  clean: boolean,
) {
  return {
    dialect,
    clean,
    operations: operations.map((operation) => ({ ...operation, describe: describe(operation) })),
  };
}
