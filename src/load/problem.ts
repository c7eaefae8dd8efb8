import type { Position } from "./position.ts";

/** A file is not TypeScript or JavaScript. */
export class SyntaxProblem extends SyntaxError {
  readonly position: Position | undefined;

  constructor(message: string, position?: Position, cause?: unknown) {
    super(message, { cause });
    this.position = position;
  }
}

/** A file cannot be read. */
export class ReadProblem extends Error {
  constructor(cause: unknown) {
    super(reasonOf(cause), { cause });
  }
}

/** What Node says about a file, less the code before it and the call after it. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/^[A-Z]+: /, "").replace(/, [a-z]+(?: '.*')?$/, "");
}
