/** What the driver's errors mean. https://www.sqlite.org/rescode.html */
import { error, MigError } from "../../errors.ts";
import type { Explanation } from "../dialect.ts";

/** The code of an error of the driver, of Node or of nobody. */
export function codeOf(failure: unknown): string {
  const code = failure instanceof Error && "code" in failure ? failure.code : "";
  return typeof code === "string" ? code : "";
}

/** True when another connection is in the way. */
export function isBusy(failure: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(failure));
}

/** The error of the catalogue for a failure that is about the file and not about a statement. */
export function known(failure: unknown, url: string): MigError | null {
  const code = codeOf(failure);
  const detail = { url, why: failure instanceof Error ? failure.message : String(failure) };
  const context = { cause: failure };
  if (code.startsWith("SQLITE_READONLY")) return error("READ_ONLY_DATABASE", { url }, context);
  if (/^SQLITE_(NOTADB|CORRUPT|CANTOPEN|FULL|IOERR|PERM|AUTH)/.test(code)) {
    return error("DATABASE_UNUSABLE", detail, context);
  }
  return null;
}

/** What `failure` means to people and to the runtime. */
export function explain(failure: unknown, url: string): Explanation {
  const cause = root(failure);
  const said = cause instanceof Error ? cause.message : String(cause);
  // A rebuild copies into a table of another name, which is nobody's concern.
  const why = said.replace(/\b_mig\d*_(?=\S)/g, "");
  const found = cause instanceof MigError ? cause : known(cause, url);
  return { why, error: found, retry: isBusy(cause), context: {} };
}

/** The driver's own error, or the catalogue's: op.run and drizzle-orm wrap them. */
function root(failure: unknown): unknown {
  for (let at: unknown = failure; at instanceof Error; at = at.cause) {
    if (at instanceof MigError || codeOf(at).startsWith("SQLITE_")) return at;
  }
  return failure;
}
