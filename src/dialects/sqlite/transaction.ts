/** The transaction of a connection: what is set before it begins, and put back however it ends. */
import { fail } from "../../errors.ts";
import type { Engine } from "./driver.ts";
import { foreignKeysAreOn, newViolations, type Violations, violations } from "./foreign-keys.ts";
import { keepJournal } from "./journal.ts";
import { insist, type Waiting } from "./locking.ts";

/** The one transaction that a connection can have open. */
export interface Transaction {
  begin(suspendForeignKeys: boolean): Promise<void>;
  commit(): Promise<void>;
  rollback(): void;
  /** True between begin and the end. */
  isOpen(): boolean;
  /** Outside of a transaction SQLite waits by itself. To be called before anything is asked there. */
  patient(): void;
}

/** What a transaction has to put back, and what it found. Each pragma costs as much as a small statement. */
interface Begun {
  /** Null when foreign keys stay as they are. */
  readonly suspended: { readonly foreignKeys: boolean; readonly violations: Violations } | null;
}

/** Where a transaction begins and ends. */
interface Bounds {
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): void;
}

/** The transactions of `engine`; `waiting` is asked for anew each time. */
export function transactions(engine: Engine, waiting: () => Waiting): Transaction {
  let begun: Begun | null = null;
  const joins = engine.inTransaction;
  const bounds = joins ? joined(engine) : own(engine, waiting);
  const patience = patienceOf(engine);

  function end(): void {
    const it = begun;
    begun = null;
    whateverIsOpen(engine, () => {
      bounds.rollback();
      if (it?.suspended) restore(engine, it.suspended.foreignKeys);
    });
  }

  return {
    isOpen: () => begun !== null,
    patient() {
      if (begun === null) patience.wait();
    },
    rollback: end,
    async begin(suspendForeignKeys) {
      const foreignKeys = suspendForeignKeys && foreignKeysAreOn(engine);
      const none: Violations = new Map();
      begun = { suspended: suspendForeignKeys ? { foreignKeys, violations: none } : null };
      try {
        // Where they stay on all the same, they are set aside: see aside.ts.
        if (suspendForeignKeys) engine.pragma("foreign_keys = OFF");
        // Only of its own transaction mig knows when it waits: at the beginning and at the end.
        if (!joins) patience.refuse();
        await bounds.begin();
        if (suspendForeignKeys) {
          begun = { suspended: { foreignKeys, violations: violations(engine) } };
        }
      } catch (failure) {
        end();
        throw failure;
      }
    },
    async commit() {
      try {
        if (!engine.inTransaction) fail("TRANSACTION_ENDED", { how: "ended" });
        if (begun?.suspended) refuseNew(engine, begun.suspended.violations);
        await bounds.commit();
      } finally {
        end();
      }
    },
  };
}

function own(engine: Engine, waiting: () => Waiting): Bounds {
  let keepsJournal = false;
  return {
    async begin() {
      await insist(engine, "BEGIN IMMEDIATE", waiting());
      if (!keepsJournal) keepsJournal = keepJournal(engine);
    },
    // A reader may hold up the end of a transaction; that is no reason to undo it.
    commit: () => insist(engine, "COMMIT", waiting()),
    rollback() {
      if (engine.inTransaction) engine.exec("ROLLBACK");
    },
  };
}

/** A part of the transaction that whoever lent the connection began, and ends: what it is in the end is for them to say. */
function joined(engine: Engine): Bounds {
  let isOpen = false;
  return {
    async begin() {
      engine.exec("SAVEPOINT mig_joined");
      isOpen = true;
    },
    async commit() {
      engine.exec("RELEASE mig_joined");
      isOpen = false;
    },
    rollback() {
      if (isOpen && engine.inTransaction) engine.exec("ROLLBACK TO mig_joined; RELEASE mig_joined");
      isOpen = false;
    },
  };
}

/**
 * Whether SQLite waits for others inside a call, where neither signals nor timers of this process run. It is changed only
 * where it matters: that costs as much as a small statement.
 */
function patienceOf(engine: Engine): { wait(): void; refuse(): void } {
  const busyTimeout = Number(engine.pragma("busy_timeout", { simple: true }));
  let now = busyTimeout;
  const change = (to: number) => {
    if (to !== now) engine.pragma(`busy_timeout = ${to}`);
    now = to;
  };
  return { wait: () => change(busyTimeout), refuse: () => change(0) };
}

/** A query that somebody left open holds the driver back from all else, and SQLite from nothing. */
function whateverIsOpen(engine: Engine, work: () => void): void {
  const isOpen = hasOpenQuery(engine);
  if (isOpen) engine.unsafeMode(true);
  try {
    work();
  } finally {
    if (isOpen) engine.unsafeMode(false);
  }
}

/** True while rows of a query are left to be read. */
export function hasOpenQuery(engine: Engine): boolean {
  try {
    engine.exec("");
    return false;
  } catch {
    return engine.open;
  }
}

function restore(engine: Engine, foreignKeys: boolean): void {
  engine.pragma("legacy_alter_table = OFF");
  engine.pragma(`foreign_keys = ${foreignKeys ? "ON" : "OFF"}`);
}

function refuseNew(engine: Engine, before: Violations): void {
  const broken = newViolations(before, violations(engine));
  if (broken) throw broken;
}
