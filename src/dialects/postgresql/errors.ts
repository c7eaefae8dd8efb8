/** What the driver's errors mean. https://www.postgresql.org/docs/current/errcodes-appendix.html */
import { error, MigError } from "../../errors.ts";
import type { ConnectTarget, Explanation } from "../dialect.ts";
import { interruption } from "../interruption.ts";
import { masked } from "../mask.ts";
import { StatementError } from "../statement.ts";
import { hintFor } from "./hints.ts";
import { lineAndColumn } from "./position.ts";

/** What is used of an error of the server; errors of the network have a code and nothing else. */
interface Failure extends Error {
  readonly code?: string;
  readonly severity?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly where?: string;
}

/** Why connecting to `url` failed, as an error of the catalogue. */
export function connectFailure(cause: unknown, url: string): MigError {
  const failure = firstOf(cause);
  const detail = { url: masked(url), why: noPassword(failure) ?? failure.message };
  const context = { cause };
  switch (failure.code) {
    case "28P01":
    case "28000":
    case "42501":
      return error("AUTHENTICATION_FAILED", detail, context);
    case "3D000":
      return error("DATABASE_MISSING", detail, context);
    case "ERR_INVALID_URL":
      return error("URL_INVALID", { ...detail, why: "it cannot be read" }, context);
    default:
      return noPassword(failure)
        ? error("AUTHENTICATION_FAILED", detail, context)
        : error("UNREACHABLE", detail, context);
  }
}

/** Node tries each address of a name, and says what failed for each without a message of its own. */
function firstOf(cause: unknown): Failure {
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0];
  return cause instanceof Error ? cause : new Error(String(cause));
}

/** The driver's words for a missing password are about its own insides. */
function noPassword({ message }: Failure): string | null {
  return /client password must be/.test(message)
    ? "it asks for a password, and none is given"
    : null;
}

/** What `failure` means while a session goes on. `lost` is what ended the session, if it ended. */
export function explain(
  failure: unknown,
  target: Pick<ConnectTarget, "url" | "signal">,
  lost: Error | null,
): Explanation {
  if (failure instanceof MigError) {
    return { why: failure.message, error: failure, retry: false, context: failure.context };
  }
  const cause = serverError(failure);
  const why = lost && cause.severity === undefined ? lost.message : sentence(cause, failure);
  return {
    why,
    error: known(cause, why, target, lost),
    retry: retryable.has(cause.code ?? ""),
    context: {},
  };
}

/** lock_not_available, deadlock_detected, serialization_failure: another attempt may well succeed. */
const retryable: ReadonlySet<string> = new Set(["55P03", "40P01", "40001"]);

/** The server's own error: Drizzle and op.run wrap it. */
function serverError(failure: unknown): Failure {
  let found = failure instanceof Error ? failure : new Error(String(failure));
  for (let at: unknown = found; at instanceof Error; at = at.cause) {
    found = at;
    if ("severity" in at || at instanceof MigError) break;
  }
  return found;
}

function known(
  cause: Failure,
  why: string,
  { url, signal }: Pick<ConnectTarget, "url" | "signal">,
  lost: Error | null,
): MigError | null {
  if (cause instanceof MigError) return cause;
  if (lost !== null || isLoss(cause)) {
    const help =
      "the server rolls back what was not committed; look with `mig current`, then run the command again";
    return error("CONNECTION_LOST", { why, help });
  }
  // query_canceled: by mig itself, once it was told to stop.
  if (cause.code === "57014" && signal?.aborted) return interruption(signal);
  return cause.code === "25006" ? error("READ_ONLY_DATABASE", { url: masked(url) }) : null;
}

function isLoss({ code, severity, message }: Failure): boolean {
  if (severity !== undefined) return severity === "FATAL" || severity === "PANIC";
  return /^(ECONN|EPIPE|ETIMEDOUT)/.test(code ?? "") || /^Connection terminated/.test(message);
}

/** What the server said, in one line. */
function sentence(cause: Failure, failure: unknown): string {
  const sql = failure instanceof StatementError ? failure.statement.sql : null;
  const place = sql === null ? null : lineAndColumn(sql, cause);
  const inside = /^PL\/pgSQL/.test(cause.where ?? "") ? cause.where?.split("\n")[0] : undefined;
  const asides = [cause.detail, inside, place ? `at ${place}` : undefined].filter(Boolean);
  const aside = asides.length > 0 ? ` (${asides.join("; ")})` : "";
  const advice = hintFor({ code: cause.code, message: cause.message, sql }) ?? cause.hint;
  return `${cause.message}${aside}${advice ? `; ${advice}` : ""}`;
}
