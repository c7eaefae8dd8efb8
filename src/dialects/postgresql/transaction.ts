/** The statements of a session: those of a transaction wait and travel together, others go alone. */
import type pg from "pg";
import { fail } from "../../errors.ts";
import type { Statement } from "../statement.ts";
import { type Outcome, sendTogether } from "./batch.ts";
import type { Watch } from "./watch.ts";

/** Text that may wait: a longer message takes memory on both sides and saves no time. */
const longestMessage = 1_000_000;

/** Keeps what is waiting and what the server has open in step. */
export class Transaction {
  readonly #client: pg.Client;
  readonly #watch: Watch;
  #waiting: Statement[] = [];
  #length = 0;
  #begun = false;
  /** Whether the server knows of it. */
  #open = false;

  constructor(client: pg.Client, watch: Watch) {
    this.#client = client;
    this.#watch = watch;
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** Nothing is sent yet: what begins a transaction travels with its first statements. */
  begin(opening: readonly string[]): void {
    this.#begun = true;
    for (const sql of ["BEGIN", ...opening]) this.#wait({ sql, from: null });
  }

  async send(statement: Statement): Promise<void> {
    this.#wait(statement);
    if (this.#length > longestMessage) await this.flush();
  }

  /** Send what waits; gives what the server said of each. */
  async flush(): Promise<readonly Outcome[]> {
    const statements = this.#waiting;
    if (statements.length === 0) return [];
    this.#forget();
    this.#open = this.#begun;
    return sendTogether(this.#client, statements, this.#watch);
  }

  /** Commit; gives what the server said of the statements that went along, the last of them `asking`. */
  async commit(asking: string | null): Promise<readonly Outcome[]> {
    if (asking !== null) this.#wait({ sql: asking, from: null });
    this.#wait({ sql: "COMMIT", from: null });
    const outcomes = await this.flush();
    this.#begun = this.#open = false;
    // A transaction in which something failed and was caught ends with ROLLBACK, whatever it is told.
    if (outcomes.at(-1)?.tag !== "COMMIT") fail("TRANSACTION_ENDED", { how: "rolled back" });
    return outcomes.slice(0, -1);
  }

  async rollback(): Promise<void> {
    const open = this.#open;
    this.#begun = this.#open = false;
    this.#forget();
    if (open) await this.#client.query("ROLLBACK");
  }

  #wait(statement: Statement): void {
    this.#waiting.push(statement);
    this.#length += statement.sql.length;
  }

  #forget(): void {
    this.#waiting = [];
    this.#length = 0;
  }
}
