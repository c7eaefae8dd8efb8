/**
 * The rollback journal of a run. Each transaction by itself makes the file and removes it again, which is most of what a
 * small one costs. It is as safe to overwrite its header, and a third faster: https://www.sqlite.org/pragma.html#pragma_journal_mode
 */
import type { Engine } from "./driver.ts";

/** A transaction that changed much leaves no more than this on the disk, in bytes. */
const longest = 64 * 1024 * 1024;

/**
 * Keep the journal from now on. Only inside a transaction that writes: nobody else can change the mode of the file then,
 * and one in WAL mode, whose journal lasts anyway, is not to be changed. False where it has to be tried again in the next
 * transaction: the one that makes the file has written to it already.
 */
export function keepJournal(engine: Engine): boolean {
  if (mode(engine) !== "delete") return true;
  engine.pragma(`journal_size_limit = ${longest}`);
  return engine.pragma("journal_mode = PERSIST", { simple: true }) === "persist";
}

/** Remove the journal, unless another process is writing: then it is left to that one. */
export function removeJournal(engine: Engine): void {
  if (mode(engine) === "persist") engine.pragma("journal_mode = DELETE");
}

function mode(engine: Engine): unknown {
  return engine.pragma("journal_mode", { simple: true });
}
