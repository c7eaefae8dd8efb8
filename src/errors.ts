/**
 * Every failure that the tool reports: one class, one table. An entry of the table says what happened and what to do
 * next; whoever throws adds where it happened and what state the database is in. The class is in a file of its own: who
 * imports the library to catch it does not load the table.
 */
import { adoptErrors } from "./errors/adopt.ts";
import { configErrors } from "./errors/config.ts";
import { databaseErrors } from "./errors/database.ts";
import { draftErrors } from "./errors/drafts.ts";
import { historyErrors } from "./errors/history.ts";
import { type ErrorContext, MigError } from "./errors/mig-error.ts";
import { operationErrors } from "./errors/operations.ts";
import { revisionFileErrors } from "./errors/revision-files.ts";
import { schemaErrors } from "./errors/schema.ts";

export { type ErrorContext, MigError } from "./errors/mig-error.ts";

const catalogue = {
  ...adoptErrors,
  ...configErrors,
  ...databaseErrors,
  ...draftErrors,
  ...historyErrors,
  ...operationErrors,
  ...revisionFileErrors,
  ...schemaErrors,
};

type Catalogue = typeof catalogue;

/** The stable name of a failure, as `--json` prints it. */
export type ErrorCode = keyof Catalogue;

/** What the entry of `Code` has to be told. */
export type ErrorDetail<Code extends ErrorCode> = Parameters<Catalogue[Code]>[0];

/** The error of the catalogue named `code`. */
export function error<Code extends ErrorCode>(
  code: Code,
  detail: ErrorDetail<Code>,
  context?: ErrorContext,
): MigError {
  const write = catalogue[code] as (detail: ErrorDetail<Code>) => { message: string; help: string };
  const { message, help } = write(detail);
  const limit = Error.stackTraceLimit;
  // The place in the file of the project may be further down than V8 looks.
  Error.stackTraceLimit = Math.max(limit, 50);
  const made = new MigError(code, message, help, context);
  Error.stackTraceLimit = limit;
  return made;
}

/** Throw the error of the catalogue named `code`. */
export function fail<Code extends ErrorCode>(
  code: Code,
  detail: ErrorDetail<Code>,
  context?: ErrorContext,
): never {
  throw error(code, detail, context);
}

/** True for failures of how the command was typed: those exit with 2, all others with 1. */
export function isUsageError(failure: MigError): boolean {
  return failure.code === "WRONG_USAGE";
}
