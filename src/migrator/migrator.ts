/**
 * The programmatic API. Every config and every revision imports the library, so this file imports nothing but names: what a
 * call needs is loaded when the first is made.
 */
import type { Config } from "../config/config.ts";
import type { ServerParts } from "../config/environment.ts";
import type { DrizzleDatabase, ExistingClient } from "../dialects/existing.ts";
import type { Calls } from "./calls.ts";
import type { CheckDocument } from "./check.ts";
import type { RunDocument } from "./documents.ts";
import { type EventName, eventNames, type Listener, type MigratorEvents } from "./events.ts";
import type { CurrentDocument, StatusDocument } from "./look.ts";

export interface MigratorOptions {
  /** A config file, or what one would say. The config file of `root` when absent. */
  readonly config?: string | Config;
  /** Where the config file is looked for, and where the paths of a config without a file start. Default: the current folder. */
  readonly root?: string;
  /** The environment; the default of the config when absent. */
  readonly environment?: string;
  /** The database, instead of the environment's: a URL, or a PostgreSQL server in parts. */
  readonly url?: string | ServerParts;
  /** A connection, instead of a URL: of better-sqlite3, pg or PGlite, or drizzle on one. It stays open, and yours. */
  readonly connection?: ExistingClient | DrizzleDatabase;
  /** `op.args` of the revisions. */
  readonly args?: Readonly<Record<string, string>>;
}

export interface ChangeOptions {
  /** Change a protected environment. */
  readonly yes?: boolean;
}

export interface RunOptions extends ChangeOptions {
  /** A transaction for each revision, or one for the whole run. Default "each". */
  readonly transaction?: "each" | "all";
  /** Say what would run, and run nothing. */
  readonly dryRun?: boolean;
  /** Leave BEGIN and COMMIT of .sql revisions out. */
  readonly stripTransactions?: boolean;
  /** Ends the run with INTERRUPTED: what is running is rolled back, and nothing more is begun. */
  readonly signal?: AbortSignal;
}

export interface UpgradeOptions extends RunOptions {
  /** Go on though files of applied revisions changed. */
  readonly allowModified?: boolean;
}

export interface StampOptions extends ChangeOptions {
  /** Forget what the version table says first. */
  readonly purge?: boolean;
}

export interface CompareOptions {
  /** What neither the schema nor the history knows counts, too. */
  readonly strict?: boolean;
}

/** One target of `mig`'s grammar, or several. */
type Targets = string | readonly string[];

/**
 * What the commands of `mig` do, as functions. Calls run one after the other, each with a connection of its own unless
 * one is given. What fails rejects with a MigError, whose `context.state` says what state the database is in.
 */
export class Migrator {
  readonly #options: MigratorOptions;
  readonly #listeners = new Map<EventName, Set<Listener>>();
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: MigratorOptions = {}) {
    this.#options = options;
  }

  /** Run the revisions up to the targets; "head" when absent. */
  upgrade(targets: Targets = "head", options: UpgradeOptions = {}): Promise<RunDocument> {
    return this.#call((calls) => calls.upgrade([targets].flat(), options));
  }

  /** Undo revisions down to a target: "-1", "base", or a revision. */
  downgrade(target: string, options: RunOptions = {}): Promise<RunDocument> {
    return this.#call((calls) => calls.downgrade(target, options));
  }

  /** Undo what the last upgrade applied. */
  downgradeBatch(options: RunOptions = {}): Promise<RunDocument> {
    return this.#call((calls) => calls.downgradeBatch(options));
  }

  /** Undo everything and run it again; never in a protected environment. */
  reset(options: Omit<RunOptions, "yes"> = {}): Promise<RunDocument> {
    return this.#call((calls) => calls.reset(options));
  }

  /** Mark the database as being at the targets, running nothing. */
  stamp(targets: Targets, options: StampOptions = {}): Promise<RunDocument> {
    return this.#call((calls) => calls.stamp([targets].flat(), options));
  }

  /** Where the database is. Nothing is created. */
  current(): Promise<CurrentDocument> {
    return this.#call((calls) => calls.current());
  }

  /** Each revision: applied, pending, modified, failed or missing. Nothing is created. */
  status(): Promise<StatusDocument> {
    return this.#call((calls) => calls.status());
  }

  /** Whether the database is what the Drizzle schema says. */
  check(options: CompareOptions = {}): Promise<CheckDocument> {
    return this.#call((calls) => calls.check(options));
  }

  /** Hear of an event; gives what ends that. A listener cannot stop a run: what it throws rejects the call at its end. */
  on<Name extends EventName>(
    name: Name,
    listener: (event: MigratorEvents[Name]) => void,
  ): () => void {
    if (!Object.hasOwn(eventNames, name)) {
      const names = Object.keys(eventNames).join(", ");
      throw new TypeError(`a Migrator has no event "${name}"; there are ${names}`);
    }
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Wait for the calls that were made, and take no more. A connection that was given stays open. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }

  #call<Result>(work: (calls: Calls) => Promise<Result>): Promise<Result> {
    const closed = this.#closed;
    const turn = this.#last.then(async () => {
      const { withCalls } = await import("./calls.ts");
      return withCalls(this.#options, { closed, listeners: this.#listeners }, work);
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}
