/** Differences as `check` and `diff` print them with --json. */
import type { Extra } from "../autogenerate/diff.ts";
import type { DialectName } from "../model/schema.ts";
import { displayName } from "../model/schema.ts";
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

/** What is in the database and nobody wants, in a line. */
export function extraLine(extra: Extra): string {
  return `? ${describeExtra(extra)}`;
}

function describeExtra({ kind, name }: Extra): string {
  return `${kind} ${displayName(name)} is in the database, not in the schema, and was not made by this history`;
}

/** The same, as `check --strict --json` lists it. */
export function extraDocument(extra: Extra) {
  const { kind, name, table } = extra;
  return {
    kind,
    name: displayName(name),
    ...(table !== undefined && { table: displayName(table) }),
    describe: describeExtra(extra),
  };
}
