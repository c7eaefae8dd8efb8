/**
 * Everything that differs between databases. No code outside a dialect's folder asks which dialect it has, and a dialect
 * never imports the other.
 */
import type { ErrorContext, MigError } from "../errors.ts";
import type { Rules } from "../model/rules.ts";
import type { DialectName, Schema, TableName } from "../model/schema.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import type { SqlLike } from "../operations/sql.ts";
import type { Concern } from "./concerns.ts";
import type { Killable, ThrowAwayOptions } from "./killable.ts";
import type { LogChange, LogEntry, LogRow } from "./log-entry.ts";
import type { Besides, Normalised, Reflected, ReflectScope } from "./reflection.ts";
import type { Row, Statement } from "./statement.ts";
import type { ConnectTarget, VersionTable } from "./target.ts";

export interface Dialect {
  readonly name: DialectName;

  /** The text of a piece of SQL, with its values as literals. */
  text(sql: SqlLike): string;

  /** The statements of `text`, split as the database itself would. Comments stay with the statement they precede. */
  split(text: string): readonly SourceStatement[];

  /**
   * The statements that carry out `recorded`. `reader` shows the database as it is just before: a dialect that edits
   * existing tables looks there, others never do.
   */
  compile(recorded: Recorded, reader: Reader): Promise<readonly Statement[]>;

  /**
   * The statements that make what `recorded` changes, where the scratch database lacks it because no revision made it.
   * Throws TABLE_MISSING where the operation does not hold them. Absent where compiling reads nothing.
   */
  missingIn?(scratch: Reader, recorded: Recorded): Promise<readonly Statement[]>;

  /** In which way `recorded` would be carried out, in a few words; absent or null where there is but one. Changes nothing. */
  way?(recorded: Recorded, reader: Reader): Promise<string | null>;

  /** Operations that are better carried out together, put together; absent where each is carried out by itself. */
  gather?(operations: readonly Recorded[]): readonly Gathered[];

  /** Refuse what can be refused without looking at the database: names, types, values. */
  check(recorded: Recorded): void;

  /** What of `operation` the database refuses inside a transaction, or null: "CREATE INDEX CONCURRENTLY". */
  refusesTransaction(operation: Operation): string | null;

  /** Whether a revision that asks for no transaction does need to go without one here. */
  goesWithoutTransaction(operations: readonly Operation[]): boolean;

  /** Whether foreign keys have to be off, from before the transaction, while `operation` runs. */
  suspendsForeignKeys(operation: Operation): boolean;

  /** About how many locks a transaction keeps for `operation` until it ends; absent where there is no limit to them. */
  locksNeeded?(operation: Operation): number;

  /** The statements that stand around a revision in a script. */
  scriptEnvelope(options: Envelope): {
    readonly before: readonly string[];
    readonly after: readonly string[];
  };

  /** Statements that stop a script unless the database is at `heads`, as far as SQL can. */
  scriptGuard(at: VersionTable, heads: readonly string[]): readonly string[];

  /** How to run a script so that it ends at the first failure. */
  readonly scriptAdvice: string;

  /** How mig's own tables are written here. */
  readonly bookkeeping: Bookkeeping;

  connect(target: ConnectTarget): Promise<Connection>;

  /** Save the database to a new file, and give its path; null where there is nothing yet. Throws BACKUP_FAILED. */
  backUp(target: Pick<ConnectTarget, "url" | "root" | "signal">): Promise<string | null>;

  /**
   * A database in this process to try things on, empty or with the tables of `like` and none of their rows; null if
   * compiling reads nothing.
   */
  scratch(like?: Reader): Promise<Connection> | null;

  /** An empty database for a history to be replayed in, with its log and its locks. It is gone when it is closed. */
  throwAway(options: ThrowAwayOptions): Promise<Connection>;

  /** The same, for runs that are killed. */
  killable(options: ThrowAwayOptions): Promise<Killable>;

  /** What of a comparison depends on the database. */
  readonly rules: Rules;
  /** What is in the database. */
  reflect(reader: Reader, scope: ReflectScope): Promise<Reflected>;
  /** The functions and triggers of the database, in an order of their own. */
  besides(reader: Reader, scope: ReflectScope): Promise<readonly Besides[]>;
  /** `desired` in the words of the database. Whatever that takes there is undone. */
  normalise(
    connection: Connection,
    current: Schema,
    desired: Schema,
    scope: ReflectScope,
  ): Promise<Normalised>;
  /** What rows that exist have against each of `operations`, which start at `current`. */
  concerns(
    operations: readonly Operation[],
    current: Schema,
    reader: Reader,
  ): Promise<readonly (readonly Concern[])[]>;
}

/** An operation, and the recorded ones that it stands for. Changes of a table are in their order. */
export interface Gathered {
  readonly recorded: Recorded;
  readonly of: readonly Recorded[];
}

/** A statement of a text, and the line (from 0) at which it starts there. */
export interface SourceStatement {
  readonly sql: string;
  readonly line: number;
}

export interface Envelope {
  readonly transaction: boolean;
  readonly suspendForeignKeys: boolean;
}

/** The SQL of the version table and the log. Every member gives whole statements, without a semicolon. */
export interface Bookkeeping {
  /** Both tables, if they are not there. */
  create(at: VersionTable): readonly string[];
  moveHeads(
    at: VersionTable,
    removes: readonly string[],
    adds: readonly string[],
  ): readonly string[];
  /** The same in fewer statements, where the heads that go are known to be there. */
  replaceHeads: Bookkeeping["moveHeads"];
  /** A row of the log. */
  log(at: VersionTable, entry: LogEntry): string;
  /** What became of a run that was logged as begun. */
  updateLog(at: VersionTable, run: string, change: LogChange): string;
}

/** What a database said about itself. */
export interface DatabaseState {
  /** Rows of the version table; null when it does not exist. */
  readonly heads: readonly string[] | null;
  readonly hasLog: boolean;
  readonly lastBatch: number;
  /** Runs that were begun and not finished: a revision without transaction that was stopped half-way. */
  readonly unfinished: readonly LogRow[];
  /** About how many locks one transaction can hold; absent where there is no limit to them. */
  readonly lockBudget?: number;
}

/** Something that can be asked. */
export interface Reader {
  all(sql: string, params?: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * Whether `query` would find a row if `edits` were made to the schema's own text, which they are not for longer. Absent
   * where that cannot be tried.
   */
  wouldFind?(edits: readonly string[], query: string): Promise<boolean>;
}

/**
 * A session with a database. Statements that are sent may wait until `flush`, so that those of a revision travel
 * together; whatever asks for an answer flushes first.
 */
export interface Connection extends Reader {
  run(sql: string, params?: readonly unknown[]): Promise<{ readonly changes: number }>;

  /** Take the lock of this run, where the database has one that lasts (waiting up to `runLock`), and look. */
  enter(onWait: (holder: string) => void): Promise<DatabaseState>;
  /** Look without a lock. */
  state(): Promise<DatabaseState>;
  /** The whole log, oldest first; empty when there is none. */
  log(): Promise<readonly LogRow[]>;
  /** The name of the run that was logged last, when the state was last looked at; null when none was. */
  newestRun(): Promise<string | null>;

  /** Begin a transaction; gives the heads as they are now that nobody else can move them. */
  begin(options: { readonly suspendForeignKeys: boolean }): Promise<readonly string[]>;
  send(statement: Statement): Promise<void>;
  flush(): Promise<void>;
  /** Prove what has to be proven, and commit. `heads` are those that the transaction leaves, where that is known. */
  commit(heads?: readonly string[]): Promise<void>;
  rollback(): Promise<void>;

  /** Whether a statement that was begun and perhaps not finished took effect. Mends what it left half-way. */
  probe(statement: Statement): Promise<"done" | "undone" | "unclear">;

  /** What the driver's error means: an error of the catalogue, and whether trying again may help. */
  explain(failure: unknown): Explanation;

  /** The user's own drizzle-orm on this connection, loaded on the first call. */
  drizzle(): unknown;

  /** How many queries were asked and are not answered yet. */
  unanswered(): number;
  /** When every query is answered. */
  quiet(): Promise<void>;

  /** The SQL of a piece of SQL with parameters, and their values. */
  query(sql: SqlLike | string): { readonly sql: string; readonly params: readonly unknown[] };

  close(): Promise<void>;
}

export interface Explanation {
  /** What the server said, for people. */
  readonly why: string;
  /** An error that is about more than the statement: the connection, the lock, the server. */
  readonly error: MigError | null;
  readonly retry: boolean;
  readonly context: ErrorContext;
}

export type { Killable, ThrowAwayOptions } from "./killable.ts";
export type { LogChange, LogEntry, LogRow, Progress, ScriptBatch } from "./log-entry.ts";
export type { ConnectTarget, Timeouts, VersionTable } from "./target.ts";
export type { TableName };
