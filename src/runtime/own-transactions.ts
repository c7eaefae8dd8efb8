/** Transactions that the SQL of a revision begins by itself. */
import type { Recorded } from "../operations/operation.ts";

/** What a statement does to the transaction that it is in. */
export interface Control {
  readonly word: string;
  /** It only repeats what mig does by itself. */
  readonly strippable: boolean;
}

/** BEGIN and its like. Going back to a savepoint ends nothing, and a prepared transaction is another one. */
export function controlOf(statement: string): Control | null {
  const words = wordsOf(statement);
  if (/^(?:BEGIN|START TRANSACTION)\b/.test(words) || commits.test(words))
    return { word: first(words), strippable: true };
  const ends = /^(?:(?:COMMIT|END|ABORT)\b(?! PREPARED)|ROLLBACK\b(?! PREPARED)(?!.*\bTO\b))/;
  return ends.test(words) ? { word: first(words), strippable: false } : null;
}

const commits = /^(?:COMMIT|END)(?: (?:WORK|TRANSACTION))?$/;

/** Without comments. */
function wordsOf(statement: string): string {
  return statement
    .replaceAll(/--[^\n]*(?:\n|$)|\/\*.*?\*\//gs, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toUpperCase();
}

function first(words: string): string {
  return /^START TRANSACTION|^\w+/.exec(words)?.[0] ?? words;
}

/** An operation, or all that stands between a BEGIN and its COMMIT. */
export interface Part {
  readonly recorded: Recorded;
  /** Null for an operation that stands alone. */
  readonly inside: readonly Recorded[] | null;
}

/**
 * The operations of a revision without a transaction. What is to be done as a whole is one part: the log of its statements
 * would be undone with it, or tell of statements that were.
 */
export function partsOf(operations: readonly Recorded[]): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < operations.length; at++) {
    const recorded = operations[at];
    if (recorded === undefined) break;
    const end = endOf(operations, at);
    parts.push({ recorded, inside: end === null ? null : operations.slice(at + 1, end) });
    at = end ?? at;
  }
  return parts;
}

/** The first BEGIN that no COMMIT ends; null where there is none. */
export function openIn(operations: readonly Recorded[]): Recorded | null {
  const open = partsOf(operations).find(
    ({ recorded, inside }) => inside === null && begins.test(onlyStatement(recorded)),
  );
  return open?.recorded ?? null;
}

/** Where the COMMIT stands of the BEGIN at `at`; null where that is none, or something else ends it. */
function endOf(operations: readonly Recorded[], at: number): number | null {
  if (!begins.test(onlyStatement(operations[at]))) return null;
  const end = operations.findIndex(
    (it, index) => index > at && controlOf(onlyStatement(it)) !== null,
  );
  return commits.test(onlyStatement(operations[end])) ? end : null;
}

/** One call may hold several statements: then it does more than to begin. */
const begins = /^(?:BEGIN|START TRANSACTION)\b[^;]*$/;

function onlyStatement(recorded: Recorded | undefined): string {
  return recorded?.operation.kind === "execute"
    ? wordsOf(recorded.operation.sql).replace(/ ?;$/, "")
    : "";
}
