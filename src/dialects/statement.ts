import type { MigError } from "../errors.ts";
import type { Recorded } from "../operations/operation.ts";

export type Row = Readonly<Record<string, unknown>>;

/** One thing to send to a server, and the recorded operation that it carries out (null for mig's own bookkeeping). */
export interface Statement {
  readonly sql: string;
  readonly from: Recorded | null;
  /** Which change of the operation asks for it, where it is about one alone. */
  readonly change?: number;
  /** The statements that `sql` consists of, when they edit the schema's own text: only mig's may. */
  readonly edits?: readonly string[];
  /** For a query that proves something: what is wrong with its rows, or null. A script leaves such a statement out. */
  readonly verify?: (rows: readonly Row[]) => MigError | null;
  /** For a statement that may take long where nobody can look meanwhile: what it is about to do; null for little. */
  readonly progress?: () => StatementProgress | null;
}

/** How far a statement is that takes long. */
export interface StatementProgress {
  /** In a few words: "building index: scanning table". */
  readonly doing: string;
  /** Between 0 and 1; null where nobody knows. */
  readonly fraction: number | null;
}

/** A statement that the server refused. `cause` is the driver's own error. */
export class StatementError extends Error {
  readonly statement: Statement;

  constructor(statement: Statement, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "StatementError";
    this.statement = statement;
  }
}

/** `sql` with a semicolon that a comment at its end cannot swallow. */
export function terminated(sql: string): string {
  const text = sql.trimEnd();
  if (/--[^\n]*$/.test(text)) return `${text}\n;`;
  return text.endsWith(";") ? text : `${text};`;
}
