/**
 * Statements that travel together: one message, one answer. The server runs them one after the other and stops at the
 * first that fails. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT
 */
import type pg from "pg";
import { type Statement, StatementError, terminated } from "../statement.ts";
import { sourceIndex, sourcePosition } from "./position.ts";
import type { Watch } from "./watch.ts";

/** What the server said of one statement: `tag` is "CREATE TABLE". Rows are kept for mig's own statements only. */
export interface Outcome {
  readonly tag: string;
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Send `statements`, each exactly one statement of the server. A StatementError names the one that failed. */
export async function sendTogether(
  client: pg.Client,
  statements: readonly Statement[],
  watch: Watch,
): Promise<readonly Outcome[]> {
  const message = write(statements);
  const answer = new Answer(message.text, statements);
  const end = watch(statements);
  return new Promise<readonly Outcome[]>((resolve, reject) => {
    answer.done = resolve;
    answer.failed = (failure) =>
      reject(blame(failure, statements, message, answer.outcomes.length));
    client.query(answer);
  }).finally(end);
}

interface Message {
  readonly text: string;
  /** Where each statement begins. */
  readonly starts: readonly number[];
}

function write(statements: readonly Statement[]): Message {
  const starts: number[] = [];
  let length = 0;
  const parts = statements.map(({ sql }) => {
    const part = `${terminated(sql)}\n`;
    starts.push(length);
    length += part.length;
    return part;
  });
  return { text: parts.join(""), starts };
}

/** Collects what the server says; `pg` calls it by its own names. */
class Answer {
  readonly text: string;
  readonly outcomes: Outcome[] = [];
  done: (outcomes: readonly Outcome[]) => void = () => {};
  failed: (failure: unknown) => void = () => {};
  readonly #statements: readonly Statement[];
  #rows: (string | null)[][] = [];

  constructor(text: string, statements: readonly Statement[]) {
    this.text = text;
    this.#statements = statements;
  }

  submit(connection: pg.Connection): void {
    (connection as unknown as Wire).query(this.text);
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { readonly fields: (string | null)[] }): void {
    if (this.#statements[this.outcomes.length]?.from === null) this.#rows.push(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.outcomes.push({ tag: text, rows: this.#rows });
    this.#rows = [];
  }

  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyData(): void {}

  handleCopyInResponse(connection: pg.Connection): void {
    (connection as unknown as Wire).sendCopyFail("COPY FROM STDIN has no data in a revision");
  }

  handleError(failure: unknown): void {
    this.failed(failure);
  }

  handleReadyForQuery(): void {
    this.done(this.outcomes);
  }
}

/** What of `pg`'s connection its types leave out. */
interface Wire {
  query(text: string): void;
  sendCopyFail(why: string): void;
}

/**
 * The message is parsed as a whole before its first statement runs, so a syntax error anywhere comes before all answers:
 * then only its position tells whose it is.
 */
function blame(
  failure: unknown,
  statements: readonly Statement[],
  { text, starts }: Message,
  done: number,
): StatementError {
  const at = sourceIndex(text, failure);
  const pointed = at === null ? -1 : starts.findLastIndex((start) => start <= at);
  const index = Math.min(done === 0 && pointed >= 0 ? pointed : done, statements.length - 1);
  const statement = statements[index] as Statement;
  if (at !== null && failure instanceof Error) {
    const inside = pointed === index ? at - (starts[index] ?? 0) : null;
    Object.assign(failure, { position: sourcePosition(statement.sql, inside) });
  }
  return new StatementError(statement, failure);
}
