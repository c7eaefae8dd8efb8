/** What stands around a revision in a script. */
import type { Envelope, VersionTable } from "../dialect.ts";
import { inSchema } from "./bookkeeping.ts";
import { string, table } from "./write.ts";

/** A revision is one transaction or none. Foreign keys need no attention here. */
export function scriptEnvelope({ transaction }: Envelope): {
  readonly before: readonly string[];
  readonly after: readonly string[];
} {
  return transaction ? { before: ["BEGIN"], after: ["COMMIT"] } : { before: [], after: [] };
}

/** `psql` goes on after a failure unless it is told to stop. */
export const scriptAdvice =
  "run this script with `psql -v ON_ERROR_STOP=1 -f FILE`: without that it goes on after a failure";

/**
 * A revision of a script runs only where the one before it ended, whether the script started at the wrong place or went on
 * after a failure.
 */
export function scriptGuard(at: VersionTable, heads: readonly string[]): readonly string[] {
  const found = `ARRAY(SELECT version_num::text COLLATE "C" FROM ${table(inSchema(at, at.name))} ORDER BY 1)`;
  const wanted = `ARRAY[${heads.toSorted().map(string).join(", ")}]::text[]`;
  const message = string(`the database is not at ${heads.join(", ") || "base"}`);
  const body = `BEGIN IF ${found} <> ${wanted} THEN RAISE EXCEPTION USING MESSAGE = ${message}; END IF; END`;
  return [`DO ${string(body)}`];
}
