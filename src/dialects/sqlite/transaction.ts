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

/** What a transaction has to put back, and what it found. */
interface Begun {
  readonly foreignKeys: boolean;
  /** Null when foreign keys stay as they are. */
  readonly violations: Violations | null;
}

/** The transactions of `engine`; `waiting` is asked for anew each time. */
export function transactions(engine: Engine, shown: string, waiting: () => Waiting): Transaction {
  let begun: Begun | null = null;

  function end(): void {
    if (engine.inTransaction) engine.exec("ROLLBACK");
    engine.pragma("legacy_alter_table = OFF");
    if (begun) engine.pragma(`foreign_keys = ${begun.foreignKeys ? "ON" : "OFF"}`);
    begun = null;
  }

  return {
    isOpen: () => begun !== null,
    rollback: end,
    async begin(suspendForeignKeys) {
      begun = { foreignKeys: foreignKeysAreOn(engine), violations: null };
      try {
        if (suspendForeignKeys) switchForeignKeysOff(engine, shown);
        await insist(engine, "BEGIN IMMEDIATE", waiting());
        if (suspendForeignKeys) begun = { ...begun, violations: violations(engine) };
      } catch (failure) {
        end();
        throw failure;
      }
    },
    async commit() {
      try {
        if (!engine.inTransaction) fail("TRANSACTION_ENDED", { how: "ended" });
        if (begun?.violations) refuseNew(engine, begun.violations);
        // A reader may hold up the end of a transaction; that is no reason to undo it.
        await insist(engine, "COMMIT", waiting());
      } finally {
        end();
      }
    },
  };
}

function refuseNew(engine: Engine, before: Violations): void {
  const broken = newViolations(before, violations(engine));
  if (broken) throw broken;
}
