/** A script of another tool as a section of a .sql revision. */
import type { MigError } from "../errors.ts";
import { isSectionLine } from "../revisions/sql-section.ts";
import { lineComments } from "../revisions/sql-text.ts";
import { psqlProblem, withoutPsql } from "./psql.ts";
import { blanked, without } from "./sql-scan.ts";

export interface SqlScript {
  readonly text: string;
  /** False if the database refuses something of it inside a transaction. */
  readonly transaction: boolean;
  readonly notes: readonly string[];
  /** What only another program can run; it is a comment in `text`, which cannot run until it is written. */
  readonly problem?: MigError;
}

/** Inside a transaction SQLite ignores it, and mig does what it is for. */
const foreignKeys =
  /\bPRAGMA(?<=(?:^|;)\s*PRAGMA)\s+foreign_keys\s*(?:=\s*\w+|\([^)]*\))\s*;[ \t]*\n?/gi;
/** Not END, which may be that of a trigger. */
const control =
  /\b(BEGIN|START|COMMIT)(?<=(?:^|;)\s*\1)(?:\s+(?:DEFERRED|IMMEDIATE|EXCLUSIVE))?(?:\s+(?:TRANSACTION|WORK))?(?:[\s,]+(?:ISOLATION\s+LEVEL\s+(?:SERIALIZABLE|REPEATABLE\s+READ|READ\s+(?:UN)?COMMITTED)|READ\s+(?:WRITE|ONLY)|(?:NOT\s+)?DEFERRABLE))*\s*;[ \t]*\n?/gi;
const alone =
  /\b(?:CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b|\bREINDEX\b[^;]*\bCONCURRENTLY\b|\bDETACH\s+PARTITION\b[^;]*\bCONCURRENTLY\b|(?<=^|;)\s*VACUUM\b/i;

/** `text` of `file`, ready for a section. */
export function sqlScript(text: string, file: string): SqlScript {
  const problem = psqlProblem(text, file);
  const sql = problem ? withoutPsql(text) : text;
  const { left: controlled, removed } = withoutParts(sql, control);
  const { left, removed: switched } = withoutParts(controlled, foreignKeys);
  return {
    text: withoutSections(left, file).trim(),
    transaction: !alone.test(blanked(left)),
    notes: [
      ...(removed ? ["BEGIN and COMMIT taken out: mig runs a revision in a transaction"] : []),
      ...(switched
        ? [
            "PRAGMA foreign_keys taken out: mig switches them off before the transaction, and checks them in it",
          ]
        : []),
    ],
    ...(problem && { problem }),
  };
}

function withoutParts(
  text: string,
  pattern: RegExp,
): { readonly left: string; readonly removed: boolean } {
  const parts = [...blanked(text).matchAll(pattern)].map((found) => {
    const word = found.index + found[0].search(/\S/);
    return { from: word, to: found.index + found[0].length };
  });
  return { left: without(text, parts), removed: parts.length > 0 };
}

/** Comments that mig would take for the beginning of a section get a colon behind their dashes. */
function withoutSections(text: string, file: string): string {
  let left = "";
  let at = 0;
  for (const { from, to } of lineComments(file, text)) {
    if (!isSectionLine(text.slice(from, to))) continue;
    left += `${text.slice(at, from)}--:`;
    at = from + 2;
  }
  return left + text.slice(at);
}
