/** A session with a database file. Everything is sent at once: there is no server to save trips to. */
import { fail, MigError } from "../../errors.ts";
import type { Connection, ConnectTarget, VersionTable } from "../dialect.ts";
import { type Row, type Statement, StatementError } from "../statement.ts";
import type { Engine } from "./driver.ts";
import { drizzleOn } from "./drizzle.ts";
import { explain, isBusy } from "./errors.ts";
import { removeJournal } from "./journal.ts";
import { holderOf, locked } from "./locking.ts";
import { type Opened, open, refuseReadOnly } from "./open.ts";
import { probe } from "./probe.ts";
import { headsReader, readLog, readNewestRun, readState } from "./state.ts";
import { hasOpenQuery, type Transaction, transactions } from "./transaction.ts";
import { editSchema, finds } from "./writable.ts";
import { bindable, query } from "./write.ts";

/** Open the database of `target`. */
export async function connect(target: ConnectTarget): Promise<Connection> {
  const opened = open(target);
  const { engine, location } = opened;
  const { shown } = location;
  const asking = { onWait: (_holder: string): void => {} };
  const transaction = transactions(engine, () => ({
    atMost: target.timeouts.runLock,
    holder: holderOf(shown),
    onWait: (holder) => asking.onWait(holder),
    signal: target.signal,
  }));
  return {
    ...history(opened, target, { asking, transaction }),
    ...transacting(opened, target, transaction),
    all: async (sql, params) => inStep(engine, transaction, sql, () => all(engine, sql, params)),
    wouldFind: async (edits, sql) =>
      inStep(engine, transaction, sql, () => finds(engine, edits, sql)),
    run: async (sql, params) => inStep(engine, transaction, sql, () => run(engine, sql, params)),
    query,
    async send(statement) {
      const progress = statement.progress?.();
      if (progress) target.onProgress?.(progress);
      send(engine, transaction, statement);
    },
    // What comes next may go around this connection: work of a revision, through `db.drizzle`.
    flush: async () => transaction.patient(),
    async probe(statement) {
      transaction.patient();
      return probe(engine, statement);
    },
    explain: (failure) => explain(failure, shown),
    drizzle: () => drizzleOn(engine, target.root),
    // A query is answered on the spot, unless its rows are read one by one.
    unanswered: () => (hasOpenQuery(engine) ? 1 : 0),
    quiet: async () => {},
    async close() {
      if (!engine.open) return;
      transaction.rollback();
      if (opened.giveBack) return opened.giveBack();
      // A query that work left open keeps the driver from closing; the end of the process does it.
      if (hasOpenQuery(engine)) return;
      removeJournal(engine);
      engine.close();
    },
  };
}

/** There is no lock that lasts: entering is looking, and remembering whom to tell of waiting. */
function history(
  opened: Opened,
  target: ConnectTarget,
  { asking, transaction }: Session,
): Pick<Connection, "enter" | "state" | "log" | "newestRun"> {
  const { engine } = opened;
  const { versionTable } = target;
  const looking = <Result>(look: (engine: Engine, at: VersionTable) => Result) =>
    saying(opened, target, () => {
      transaction.patient();
      return look(engine, versionTable);
    });
  let newest: string | null = null;
  const state = () =>
    looking((engine, at) => {
      const found = readState(engine, at);
      newest = found.hasLog ? readNewestRun(engine, at) : null;
      return found;
    });
  return {
    state,
    enter(onWait) {
      asking.onWait = onWait;
      return state();
    },
    log: () => looking(readLog),
    newestRun: async () => newest,
  };
}

interface Session {
  readonly asking: { onWait: (holder: string) => void };
  readonly transaction: Transaction;
}

function transacting(
  opened: Opened,
  target: ConnectTarget,
  transaction: Transaction,
): Pick<Connection, "begin" | "commit" | "rollback"> {
  const heads = headsReader(opened.engine, target.versionTable);
  let isWritable = false;
  return {
    begin: ({ suspendForeignKeys }) =>
      saying(opened, target, async () => {
        if (!isWritable) refuseReadOnly(opened);
        isWritable = true;
        await transaction.begin(suspendForeignKeys);
        return heads();
      }),
    commit: () => saying(opened, target, () => transaction.commit()),
    rollback: async () => transaction.rollback(),
  };
}

/** Failures of the file are the catalogue's, wherever they happen; so is a reader that waited in vain. */
async function saying<Result>(
  { location }: Opened,
  { timeouts }: ConnectTarget,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    if (isBusy(failure)) throw locked(timeouts.lock, location.shown);
    throw explain(failure, location.shown).error ?? failure;
  }
}

function send(engine: Engine, transaction: Transaction, statement: Statement): void {
  const wrong = inStep(engine, transaction, statement.sql, () => carryOut(engine, statement));
  if (wrong) throw wrong;
}

/**
 * Work of a revision, which may have ended the transaction behind mig's back: through `db.drizzle` before, or itself.
 * What comes after would be committed alone.
 */
function inStep<Result>(
  engine: Engine,
  transaction: Transaction,
  statement: string,
  work: () => Result,
): Result {
  transaction.patient();
  const hasEnded = () => transaction.isOpen() && !engine.inTransaction;
  if (hasEnded()) fail("TRANSACTION_ENDED", { how: "ended" });
  const result = work();
  if (hasEnded()) fail("TRANSACTION_ENDED", { how: "ended" }, { statement });
  return result;
}

function carryOut(engine: Engine, statement: Statement): MigError | null {
  try {
    if (statement.verify) return statement.verify(all(engine, statement.sql));
    if (statement.edits) editSchema(engine, statement.edits);
    else engine.exec(statement.sql);
    return null;
  } catch (failure) {
    throw failure instanceof MigError ? failure : new StatementError(statement, failure);
  }
}

/** The rows of a query. Integers that a number cannot hold come as bigint. */
function all(engine: Engine, sql: string, params: readonly unknown[] = []): readonly Row[] {
  const statement = engine.prepare(sql);
  const values = params.map(bindable);
  if (statement.reader)
    return statement
      .safeIntegers()
      .all(...values)
      .map(plain);
  statement.run(...values);
  return [];
}

/** The row, which is the driver's and nobody else's yet, with numbers where they are safe. */
function plain(row: unknown): Row {
  const own = row as Record<string, unknown>;
  for (const name in own) {
    const value = own[name];
    if (typeof value === "bigint") own[name] = narrow(value);
  }
  return own;
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function run(
  engine: Engine,
  sql: string,
  params: readonly unknown[] = [],
): { readonly changes: number } {
  const statement = engine.prepare(sql);
  const values = params.map(bindable);
  if (!statement.reader) return { changes: statement.run(...values).changes };
  statement.all(...values);
  // A PRAGMA and a SELECT change nothing, and leave the count of the statement before.
  const changes = statement.readonly ? 0 : engine.prepare("SELECT changes()").pluck().get();
  return { changes: Number(changes) };
}
