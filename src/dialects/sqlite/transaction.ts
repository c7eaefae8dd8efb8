/** The transaction of a connection: what is set before it begins, and put back however it ends. */
import { fail } from "../../errors.ts";
import type { Engine } from "./driver.ts";
import {
  foreignKeysAreOn,
  newViolations,
  switchForeignKeysOff,
  type Violations,
  violations,
} from "./foreign-keys.ts";
import { insist, type Waiting } from "./locking.ts";

/** The one transaction that a connection can have open. */
export interface Transaction {
  begin(suspendForeignKeys: boolean): Promise<void>;
  commit(): Promise<void>;
  rollback(): void;
  /** True between begin and the end. */
  isOpen(): boolean;
}

/** What a transaction has to put back, and what it found. Each pragma costs as much as a small statement. */
interface Begun {
  /** Null when foreign keys stay as they are. */
  readonly suspended: { readonly foreignKeys: boolean; readonly violations: Violations } | null;
}

/** The transactions of `engine`; `waiting` is asked for anew each time. */
export function transactions(engine: Engine, shown: string, waiting: () => Waiting): Transaction {
  let begun: Begun | null = null;
  const busyTimeout = Number(engine.pragma("busy_timeout", { simple: true }));

  function end(): void {
    if (engine.inTransaction) engine.exec("ROLLBACK");
    if (begun?.suspended) restore(engine, begun.suspended.foreignKeys);
    if (begun) engine.pragma(`busy_timeout = ${busyTimeout}`);
    begun = null;
  }

  return {
    isOpen: () => begun !== null,
    rollback: end,
    async begin(suspendForeignKeys) {
      const foreignKeys = suspendForeignKeys && foreignKeysAreOn(engine);
      const none: Violations = new Map();
      begun = { suspended: suspendForeignKeys ? { foreignKeys, violations: none } : null };
      try {
        if (suspendForeignKeys) switchForeignKeysOff(engine, shown);
        // SQLite would wait inside the call, where neither signals nor timers of this process run.
        engine.pragma("busy_timeout = 0");
        await insist(engine, "BEGIN IMMEDIATE", waiting());
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
        // A reader may hold up the end of a transaction; that is no reason to undo it.
        await insist(engine, "COMMIT", waiting());
      } finally {
        end();
      }
    },
  };
}

function restore(engine: Engine, foreignKeys: boolean): void {
  engine.pragma("legacy_alter_table = OFF");
  engine.pragma(`foreign_keys = ${foreignKeys ? "ON" : "OFF"}`);
}

function refuseNew(engine: Engine, before: Violations): void {
  const broken = newViolations(before, violations(engine));
  if (broken) throw broken;
}
