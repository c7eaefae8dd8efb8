/** How a session sends: together inside a transaction, alone outside of one, and always with the right settings. */
import type pg from "pg";
import { fail } from "../../errors.ts";
import type { ConnectTarget } from "../dialect.ts";
import type { Row, Statement } from "../statement.ts";
import { type Outcome, sendTogether } from "./batch.ts";
import { type Beside, besideOf } from "./beside.ts";
import { isConcurrent } from "./refusals.ts";
import { limits, maySet, type Settings, setSql } from "./settings.ts";
import type { Surroundings } from "./state.ts";
import { Transaction } from "./transaction.ts";
import { type Watch, watcher } from "./watch.ts";
import { quote } from "./write.ts";

/** Whose search path holds: the project's, or the schema of mig's own tables. */
type Place = "project" | "own";

/** Keeps the settings of the session in step with what is sent. */
export class Session {
  readonly client: pg.Client;
  readonly target: ConnectTarget;
  readonly transaction: Transaction;
  readonly beside: Beside;
  /** What was seen when mig looked around; null before. */
  found: Surroundings | null = null;
  readonly #watch: Watch;
  #place: Place = "project";
  /** Whether something of the open transaction may have set what mig sets. Else the project's path leads to mig's tables. */
  #hasStrayed = true;
  /** What mig sets in a transaction, and what it had seen when it wrote that. */
  #opening = "";
  #openingOf: Surroundings | null | undefined;
  /** What mig has set in the session, and nobody since; "" where that is not known. */
  #settled = "";
  /** The settings that the session has for statements sent alone. */
  #alone = "";
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;

  constructor(client: pg.Client, target: ConnectTarget) {
    this.client = client;
    this.target = target;
    this.beside = besideOf(target);
    this.#watch = watcher(this.beside, () => this.found?.pid ?? null, target.onProgress);
    this.transaction = new Transaction(client, this.#watch);
  }

  /** Begin a transaction as if nothing had been set before in this session. */
  begin(): void {
    if (this.#openingOf !== this.found) {
      const settings = { ...limits(this.target.timeouts, false), ...this.#path("project") };
      this.#opening = setSql(settings, "session");
      this.#openingOf = this.found;
    }
    this.transaction.begin(this.#opening === this.#settled ? [] : [this.#opening]);
    // Until it is committed: what is set in a transaction that is rolled back is not set.
    this.#settled = "";
    this.#place = "project";
    this.#alone = "";
    this.#hasStrayed = false;
  }

  async commit(asking: string | null): Promise<readonly Outcome[]> {
    const outcomes = await this.transaction.commit(asking);
    if (!this.#hasStrayed) this.#settled = this.#opening;
    return outcomes;
  }

  async send(statement: Statement): Promise<void> {
    if (statement.verify) return this.#prove(statement);
    if (!this.transaction.begun) return this.sendAlone(statement);
    if (statement.from !== null) {
      this.#hasStrayed ||= maySet(statement.sql);
      await this.#go("project");
    } else if (this.#hasStrayed || statement.sql.startsWith("CREATE")) {
      await this.#go("own");
    }
    await this.transaction.send(statement);
  }

  /** Send at once, and nothing with it: what refuses a transaction refuses company too. */
  async sendAlone(statement: Statement): Promise<void> {
    if (statement.from === null) {
      // Several statements of a message are a transaction, so the setting ends with it.
      const path = this.#pathStatements("own");
      await sendTogether(this.client, [...path, statement], this.#watch);
      return;
    }
    this.#settled = "";
    // Once the run is to stop, nothing of it waits for others as long as it takes.
    const isPatient = isConcurrent(statement.sql) && !this.target.signal?.aborted;
    await this.#setAlone(limits(this.target.timeouts, isPatient));
    await sendTogether(this.client, [statement], this.#watch);
  }

  /** Run a query that answers, after everything that was sent before it. One at a time, as `pg` wants it. */
  ask<Result>(query: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(async () => {
      this.#hasStrayed = true;
      this.#settled = "";
      await this.#go("project");
      await this.transaction.flush();
      const result = await query();
      this.#stillBegun();
      return result;
    });
    this.#asked++;
    this.#last = turn.catch(() => {}).then(() => this.#asked--);
    return turn;
  }

  /** How many queries were asked and are not answered yet. */
  get asked(): number {
    return this.#asked;
  }

  /** When every query that was asked is answered, well or ill. */
  async quiet(): Promise<void> {
    while (this.#asked > 0) await this.#last;
  }

  async #prove({ sql, verify }: Statement): Promise<void> {
    const { rows } = await this.ask(() => this.client.query<Row>(sql));
    const wrong = verify?.(rows);
    if (wrong) throw wrong;
  }

  /** Inside a transaction each keeps to its place, whatever a script did to the search path. */
  async #go(place: Place): Promise<void> {
    if (!this.transaction.begun || place === this.#place) return;
    this.#place = place;
    for (const statement of this.#pathStatements(place)) await this.transaction.send(statement);
  }

  #pathStatements(place: Place): Statement[] {
    const path = this.#path(place);
    return path.search_path === undefined ? [] : [{ sql: setSql(path, "transaction"), from: null }];
  }

  #path(place: Place): Settings {
    if (this.found === null) return {};
    const { schema } = this.found.at;
    if (place === "project" || schema === undefined) return { search_path: this.found.searchPath };
    return { search_path: quote(schema) };
  }

  /** The first statement after a transaction starts from the project's search path; those behind it may change it. */
  async #setAlone(wanted: Settings): Promise<void> {
    const text = setSql(wanted, "session");
    if (text === this.#alone) return;
    const path = this.#alone === "" ? this.#path("project") : {};
    await this.client.query(setSql({ ...wanted, ...path }, "session"));
    this.#alone = text;
  }

  #stillBegun(): void {
    if (!this.transaction.begun) return;
    // "I": idle, in no transaction. An older driver does not tell.
    if (this.client.getTransactionStatus?.() === "I") fail("TRANSACTION_ENDED", { how: "ended" });
  }
}
