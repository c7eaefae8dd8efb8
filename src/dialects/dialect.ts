/**
 * Everything that differs between databases. No code outside a dialect's folder asks which dialect it has, and a dialect
 * never imports the other.
 */
import type { ErrorContext, MigError } from "../errors.ts";
import type { DialectName, TableName } from "../model/schema.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import type { SqlLike } from "../operations/sql.ts";
import type { Row, Statement } from "./statement.ts";

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

  /** An empty database in this process, where a script's earlier revisions are replayed; null if compiling reads nothing. */
  scratch(): Promise<Connection> | null;
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

/** Where mig keeps what it knows. */
export interface VersionTable {
  readonly name: string;
  /** PostgreSQL only; the first schema of the search path when absent. */
  readonly schema?: string;
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
  /** A row of the log. */
  log(at: VersionTable, entry: LogEntry): string;
  /** What became of a run that was logged as begun. */
  updateLog(at: VersionTable, run: string, change: LogChange): string;
}

/** One run of one revision, as the log keeps it. */
export interface LogEntry {
  /** A random name for this run, by which its row is found again. */
  readonly run: string;
  /** One number per command. */
  readonly batch: number | ScriptBatch;
  readonly direction: "up" | "down" | "stamp";
  readonly revision: string;
  readonly message: string;
  readonly file: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string;
  /** ISO 8601, UTC; in a script "now", whenever that will be. */
  readonly startedAt: string;
  /** Null while it runs. */
  readonly success: boolean | null;
  /** Milliseconds; "sinceBegin" lets the server measure since the transaction began. */
  readonly ms: number | "sinceBegin" | null;
  readonly error: string | null;
  /** Of a revision without transaction: statements done, and the SHA-256 of all statements begun. */
  readonly progress: Progress | null;
  readonly who: string;
  readonly toolVersion: string;
  readonly environment: string;
}

/** The next number of the log, whatever it is when a script runs, for all runs whose names begin so. */
export interface ScriptBatch {
  readonly runsBegin: string;
}

export interface Progress {
  readonly done: number;
  readonly begun: number;
  readonly hash: string;
}

export type LogChange = Partial<Pick<LogEntry, "success" | "ms" | "error" | "progress">>;

/** A row of the log as it is read back. */
export interface LogRow extends Omit<LogEntry, "ms" | "batch"> {
  readonly batch: number;
  readonly ms: number | null;
}

export interface ConnectTarget {
  readonly url: string;
  /** The project's folder: relative paths start there, and drivers are looked up from there. */
  readonly root: string;
  readonly versionTable: VersionTable;
  /** A command that only looks: nothing is created, and a missing SQLite file is an empty database. */
  readonly readOnly: boolean;
  readonly timeouts: Timeouts;
}

/** All in milliseconds. */
export interface Timeouts {
  /** How long to wait for another run of mig to end. */
  readonly runLock: number;
  /** How long a statement waits for a lock on a table. */
  readonly lock: number;
  /** How long a statement may run; 0 for as long as it takes. */
  readonly statement: number;
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

  /** Begin a transaction; gives the heads as they are now that nobody else can move them. */
  begin(options: { readonly suspendForeignKeys: boolean }): Promise<readonly string[]>;
  send(statement: Statement): Promise<void>;
  flush(): Promise<void>;
  /** Prove what has to be proven, and commit. */
  commit(): Promise<void>;
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

/** Names a table for messages and lookups. */
export type { TableName };
