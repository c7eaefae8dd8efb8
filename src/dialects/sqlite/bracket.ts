/** What stands around a run's statements: a transaction, or a savepoint of one that somebody else began and will end. */
import type { Engine } from "./driver.ts";
import { insist, type Waiting } from "./locking.ts";

export interface Bracket {
  /** Whether it is a transaction by itself. */
  readonly isOwn: boolean;
  begin(waiting: Waiting): Promise<void>;
  commit(waiting: Waiting): Promise<void>;
  rollback(): void;
}

const own = { begin: "BEGIN IMMEDIATE", commit: "COMMIT", rollback: "ROLLBACK" };

const nested = {
  begin: "SAVEPOINT mig_run",
  commit: "RELEASE mig_run",
  rollback: "ROLLBACK TO mig_run; RELEASE mig_run",
};

/** The bracket for a connection that is as `engine` is now. */
export function bracketOf(engine: Engine): Bracket {
  const isOwn = !engine.inTransaction;
  const words = isOwn ? own : nested;
  let isBegun = false;
  return {
    isOwn,
    async begin(waiting) {
      await insist(engine, words.begin, waiting);
      isBegun = true;
    },
    async commit(waiting) {
      await insist(engine, words.commit, waiting);
      isBegun = false;
    },
    rollback() {
      const mayRollBack = engine.inTransaction && (isOwn || isBegun);
      isBegun = false;
      if (!mayRollBack) return;
      try {
        engine.exec(words.rollback);
      } catch (failure) {
        // A revision ended the transaction and began another: nothing is left to go back to.
        if (isOwn) throw failure;
      }
    },
  };
}
