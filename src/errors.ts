/**
 * Every failure that the tool reports: one class, one table. An entry of the table says what happened and what to do
 * next; whoever throws adds where it happened and what state the database is in.
 */
import { adoptErrors } from "./errors/adopt.ts";
import { configErrors } from "./errors/config.ts";
import { databaseErrors } from "./errors/database.ts";
import { draftErrors } from "./errors/drafts.ts";
import { historyErrors } from "./errors/history.ts";
import { operationErrors } from "./errors/operations.ts";
import { revisionFileErrors } from "./errors/revision-files.ts";
import { schemaErrors } from "./errors/schema.ts";

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

/** Where a failure was caused and what it left behind. Everything here is optional: say what is known. */
export interface ErrorContext {
  /** The revision that was running. */
  readonly revision?: string;
  /** `path:line:column` or `path:line`, relative to the project. */
  readonly location?: string;
  /** The SQL that the server refused. */
  readonly statement?: string;
  /** What state the database is in now, as a sentence. */
  readonly state?: string;
  readonly cause?: unknown;
}

/** A failure that the user can act on. Anything else that is thrown is a defect of this tool. */
export class MigError extends Error {
  readonly code: ErrorCode;
  readonly help: string;
  readonly context: ErrorContext;

  constructor(code: ErrorCode, message: string, help: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = "MigError";
    this.code = code;
    this.help = help;
    this.context = context;
  }

  /** The same failure, with more said about where it happened. What is known already wins. */
  within(context: ErrorContext): MigError {
    return new MigError(this.code, this.message, this.help, { ...context, ...this.context });
  }
}

/** The error of the catalogue named `code`. */
export function error<Code extends ErrorCode>(
  code: Code,
  detail: ErrorDetail<Code>,
  context?: ErrorContext,
): MigError {
  const write = catalogue[code] as (detail: ErrorDetail<Code>) => { message: string; help: string };
  const { message, help } = write(detail);
  return new MigError(code, message, help, context);
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
