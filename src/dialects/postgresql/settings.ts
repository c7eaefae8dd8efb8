/** Settings of a session and of a transaction, each in one statement. */
import type { Timeouts } from "../dialect.ts";
import { string } from "./write.ts";

/** The settings that mig makes, by PostgreSQL's names. */
export interface Settings {
  readonly lock_timeout?: string;
  readonly statement_timeout?: string;
  readonly search_path?: string;
}

/**
 * A statement that makes `settings`, until the transaction ends or the session does. set_config takes a search path as
 * current_setting gave it; SET would want each of its names quoted anew.
 */
export function setSql(
  settings: Settings | Readonly<Record<string, string>>,
  until: "transaction" | "session",
): string {
  const local = until === "transaction";
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', ${string(value)}, ${local})`,
  );
  return `SELECT ${calls.join(", ")}`;
}

/**
 * How long a statement waits and runs. One that works beside others waits for all of them, and what would end it early
 * leaves an invalid index: it has no limit.
 */
export function limits(timeouts: Timeouts, concurrent: boolean): Settings {
  const of = (ms: number) => (concurrent ? "0" : `${Math.round(ms)}ms`);
  // A lock_timeout of 0 is none at all, and not the shortest one.
  return {
    lock_timeout: of(Math.max(1, timeouts.lock)),
    statement_timeout: of(timeouts.statement),
  };
}

/**
 * Whether a statement may change the settings of its session. What defines something does not, unless it speaks of them;
 * all else may call a function that does.
 */
export function maySet(sql: string): boolean {
  return (
    !/^\s*(?:create|alter|drop|comment|grant|revoke)\b/i.test(sql) ||
    /set_config|search_path|_timeout/i.test(sql)
  );
}
