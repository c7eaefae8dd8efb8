/** The target that executes: revisions run on a database, each in a transaction, or all in one. */
import { randomUUID } from "node:crypto";
import type { Connection, DatabaseState, Dialect, VersionTable } from "../dialects/dialect.ts";
import { fail } from "../errors.ts";
import { type RunInfo, bookkeeping, carryOut } from "./carry-out.ts";
import { failed, rolledBack } from "./failure.ts";
import { type LogDetails, logEntry } from "./log-entry.ts";
import { applyPiecewise } from "./piecewise.ts";
import { retrying } from "./retry.ts";
import { HeadsMoved, type PreparedStep, type Target } from "./target.ts";
import { workSink } from "./work.ts";

export interface DatabaseOptions {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  readonly root: string;
  /** Every revision in a transaction of its own, or the whole run in one. */
  readonly transaction: "each" | "all";
  readonly info: Omit<RunInfo, "batch">;
  /** Milliseconds to wait for another run of mig. */
  readonly runLock: number;
  readonly notes: RunNotes;
}

/** What a run tells while it goes on. */
export interface RunNotes {
  waiting(holder: string): void;
  retrying(why: string, delay: number): void;
}

/** What is known of the database while a run goes on. */
export interface RunState {
  readonly options: DatabaseOptions;
  heads: readonly string[];
  database: DatabaseState;
  batch: number;
}

/** A target that executes on a database. */
export function databaseTarget(options: DatabaseOptions): Target {
  const { connection, notes } = options;
  const state: RunState = {
    options,
    heads: [],
    database: { heads: null, hasLog: false, lastBatch: 0, unfinished: [] },
    batch: 1,
  };
  const atOnce = options.transaction === "all";
  return {
    async open() {
      state.database = await connection.enter(notes.waiting);
      state.heads = state.database.heads ?? [];
      state.batch = state.database.lastBatch + 1;
      return state.heads;
    },
    async prepare(steps) {
      if (atOnce) refusePieces(state, steps);
      await createTables(state);
      if (atOnce) await beginAll(state, steps);
    },
    apply: (step) =>
      atOnce ? applyInAll(state, step) : goesPiecewise(state, step) ? applyPiecewise(state, step) : applyAlone(state, step),
    async finish() {
      if (atOnce) await connection.commit();
    },
  };
}

function goesPiecewise({ options }: RunState, { revision, script }: PreparedStep): boolean {
  return (
    !revision.transaction &&
    options.dialect.goesWithoutTransaction(script.operations.map(({ operation }) => operation))
  );
}

function refusePieces(state: RunState, steps: readonly PreparedStep[]): void {
  const piecewise = steps.find((step) => goesPiecewise(state, step));
  if (piecewise) {
    const { id, file } = piecewise.revision;
    fail("MIXED_TRANSACTION", { revision: id }, { revision: id, location: file });
  }
}

/** mig's own tables come first and stay, so that a failure can be logged. */
async function createTables({ options, database }: RunState): Promise<void> {
  if (database.heads !== null && database.hasLog) return;
  const { connection, dialect, versionTable } = options;
  await connection.begin({ suspendForeignKeys: false });
  for (const sql of dialect.bookkeeping.create(versionTable)) await connection.send({ sql, from: null });
  await connection.commit();
}

async function beginAll(state: RunState, steps: readonly PreparedStep[]): Promise<void> {
  await begin(state, steps.some((step) => suspendsForeignKeys(state, step)));
}

function suspendsForeignKeys({ options }: RunState, { script }: PreparedStep): boolean {
  return script.operations.some(({ operation }) => options.dialect.suspendsForeignKeys(operation));
}

async function begin({ options, heads }: RunState, suspendForeignKeys: boolean): Promise<void> {
  const found = await options.connection.begin({ suspendForeignKeys });
  if (sameHeads(found, heads)) return;
  await options.connection.rollback();
  throw new HeadsMoved(found);
}

export function sameHeads(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((head) => other.includes(head));
}

/** One revision in one transaction, tried again when a lock or a conflict was in the way. */
async function applyAlone(state: RunState, step: PreparedStep): Promise<number> {
  const { connection } = state.options;
  const before = state.heads;
  const details: LogDetails = { run: randomUUID(), startedAt: new Date(), step, batch: state.batch };
  const started = performance.now();
  try {
    await retrying(state.options, async () => {
      await begin(state, suspendsForeignKeys(state, step));
      await perform(state, step, details);
      await connection.commit();
    });
  } catch (failure) {
    if (failure instanceof HeadsMoved) throw failure;
    const ms = performance.now() - started;
    throw await failed(state, details, failure, ms, rolledBack(before));
  }
  moveHeads(state, step);
  return performance.now() - started;
}

/** One revision of a run that is a single transaction. */
async function applyInAll(state: RunState, step: PreparedStep): Promise<number> {
  const before = state.database.heads ?? [];
  const details: LogDetails = { run: randomUUID(), startedAt: new Date(), step, batch: state.batch };
  const started = performance.now();
  try {
    await perform(state, step, details);
    await state.options.connection.flush();
  } catch (failure) {
    await state.options.connection.rollback();
    const state_ = `the whole run was rolled back; the database is still at ${before.join(", ") || "base"}`;
    throw await failed(state, details, failure, performance.now() - started, state_);
  }
  moveHeads(state, step);
  return performance.now() - started;
}

async function perform(state: RunState, step: PreparedStep, details: LogDetails): Promise<void> {
  const { connection, dialect, versionTable, info } = state.options;
  await carryOut(dialect, step.script.operations, workSink(state.options));
  const outcome = { success: true, ms: "sinceBegin", error: null, progress: null } as const;
  const log = dialect.bookkeeping.log(versionTable, logEntry(details, info, outcome));
  for (const statement of bookkeeping(dialect, versionTable, step, log)) await connection.send(statement);
}

export function moveHeads(state: RunState, step: PreparedStep): void {
  state.heads = [...state.heads.filter((head) => !step.removes.includes(head)), ...step.adds];
}
