/** What to do about failures of the server whose own hint does not say it. */
import { formerMark } from "./alter-enum.ts";

/** What is known of a failure: the server's code and words, and the statement that it refused. */
export interface Refusal {
  readonly code?: string | undefined;
  readonly message: string;
  readonly sql: string | null;
}

export function hintFor(refusal: Refusal): string | null {
  switch (refusal.code) {
    case "53200":
      return "one transaction holds a lock on everything it made or changed: run with --transaction each, split the revision, or raise max_locks_per_transaction";
    case "25P02":
      return "an earlier query of this revision failed and its error was caught: let it through";
    case "55P03":
      return "another session holds a lock on the table";
    case "55P04":
      return "add the value in a revision of its own before this one, and run without --transaction all";
    case "55006":
      return /pending trigger events/.test(refusal.message)
        ? "rows of the table wait for a deferred constraint: say op.execute(`SET CONSTRAINTS ALL IMMEDIATE`) before this operation"
        : null;
    case "0A000":
      // Views, policies and generated columns. PostgreSQL says which.
      return /cannot alter type of a column used/.test(refusal.message)
        ? "drop that first, and create it again in the same revision"
        : null;
    case "2BP01":
      // PostgreSQL advises CASCADE, which would drop more than was asked for.
      return refusal.message.includes(formerMark)
        ? "name every column of the enum in `columns` of op.alterEnum, and drop what else is of that type first"
        : "drop what depends on it before it, in the same revision";
    case "42883":
      return refusal.message.includes(formerMark)
        ? "a check, a default or the predicate of an index compares with the old type: drop it first, and create it again in the same revision"
        : null;
    case "42601":
      return versionHint(refusal);
    default:
      return null;
  }
}

/** Words that older servers do not know. */
const newWords: readonly (readonly [words: RegExp, at: string, version: number])[] = [
  [/\bGENERATED ALWAYS AS [\s\S]*\bVIRTUAL\b/, "VIRTUAL", 18],
  [/\bSET EXPRESSION AS\b/, "EXPRESSION", 17],
  [/\bDROP EXPRESSION\b/, "EXPRESSION", 13],
  [/\bNULLS NOT DISTINCT\b/, "NULLS", 15],
];

function versionHint({ message, sql }: Refusal): string | null {
  const found = newWords.find(
    ([words, at]) => message.endsWith(`"${at}"`) && words.test(sql ?? ""),
  );
  return found ? `${found[1]} needs PostgreSQL ${found[2]} or later` : null;
}
