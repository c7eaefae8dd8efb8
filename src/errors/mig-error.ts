import type { ErrorCode } from "../errors.ts";

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
  /** The stable name of the failure. */
  readonly code: ErrorCode;
  /** What to do next. */
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
