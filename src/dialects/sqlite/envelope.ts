/** Where a transaction begins and ends, and what SQLite does not do inside one. */
import type { Operation } from "../../operations/operation.ts";
import type { Envelope } from "../dialect.ts";
import { significant, tokenize } from "./ddl/tokens.ts";
import { split } from "./split.ts";

/** What stands around a revision in a script. */
export function scriptEnvelope({ transaction, suspendForeignKeys }: Envelope): {
  readonly before: readonly string[];
  readonly after: readonly string[];
} {
  const [off, on] = suspendForeignKeys
    ? [["PRAGMA foreign_keys = OFF"], ["PRAGMA foreign_keys = ON"]]
    : [[], []];
  const [begin, commit] = transaction ? [["BEGIN IMMEDIATE"], ["COMMIT"]] : [[], []];
  return { before: [...off, ...begin], after: [...commit, ...on] };
}

/** The command line of SQLite goes on after a failure, and no SQL can keep it from that. */
export const scriptAdvice =
  "run this script with `sqlite3 -bail FILE`: without -bail it goes on after a failure";

/** Cheap, for most SQL holds none of these words; one that does is taken apart. */
const mayRefuse = /\b(?:VACUUM|BEGIN|COMMIT|END|DETACH|ROLLBACK|PRAGMA)\b/i;

/** What of `operation` SQLite refuses inside a transaction, ignores there, or ends it with. */
export function refusesTransaction(operation: Operation): string | null {
  if (operation.kind !== "execute" || !mayRefuse.test(operation.sql)) return null;
  for (const { sql } of split(operation.sql)) {
    const refused = refusedStatement(sql);
    if (refused !== null) return refused;
  }
  return null;
}

/** Settings that are refused or do nothing while a transaction is open, when they are given a value. */
const settings: ReadonlySet<string> = new Set([
  "JOURNAL_MODE",
  "SYNCHRONOUS",
  "FOREIGN_KEYS",
  "AUTO_VACUUM",
  "PAGE_SIZE",
  "ENCODING",
  "TEMP_STORE",
]);

function refusedStatement(sql: string): string | null {
  const words = significant(tokenize(sql)).map(({ text }) => text.toUpperCase());
  const [first = "", second = "", third = ""] = words;
  if (["VACUUM", "BEGIN", "COMMIT", "END", "DETACH"].includes(first)) return first;
  if (first === "ROLLBACK" && !words.includes("TO")) return first;
  if (first !== "PRAGMA") return null;
  const [name, next] = third === "." ? [words[3] ?? "", words[4]] : [second, third];
  if (name === "WAL_CHECKPOINT") return `PRAGMA ${name.toLowerCase()}`;
  const sets = next === "=" || next === "(";
  return sets && settings.has(name) ? `PRAGMA ${name.toLowerCase()}` : null;
}

/**
 * Only SQL and work that the user wrote can need to go without a transaction; everything that mig writes can be in one,
 * and is safer there.
 */
export function goesWithoutTransaction(operations: readonly Operation[]): boolean {
  return operations.some(({ kind }) => kind === "execute" || kind === "run");
}
