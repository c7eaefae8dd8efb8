import type { Failure } from "../config/callbacks.ts";
import { MigError } from "../errors.ts";

const reportHelp =
  "this is a defect of mig: please report it with this text at https://github.com/drizzle-mig/drizzle-mig/issues";

/** A failure as `--json` prints it, and as `onError` is told of it. */
export function failureDocument(failure: unknown): Failure {
  if (!(failure instanceof MigError)) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return { code: "INTERNAL", message, help: reportHelp };
  }
  const { code, message, help, context } = failure;
  const { revision, location, statement, state } = context;
  return {
    code,
    message,
    help,
    ...(revision !== undefined && { revision }),
    ...(location !== undefined && { location }),
    ...(statement !== undefined && { statement }),
    ...(state !== undefined && { state }),
  };
}
