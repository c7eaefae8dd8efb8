/**
 * A database file whose process is killed: its files are copied as they are at that moment, and the copy is what the next
 * session opens. What the process had in its memory, and its locks, are not in them; a transaction that was open is left in
 * the journal, as SIGKILL leaves it. https://www.sqlite.org/atomiccommit.html#_hot_rollback_journals
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, Killable, ThrowAwayOptions } from "../dialect.ts";
import { connect } from "./connection.ts";

/** All that belongs to a database; the index of the WAL is made anew by whoever opens it first. */
const files = ["", "-journal", "-wal"] as const;

export async function killable({ root, versionTable }: ThrowAwayOptions): Promise<Killable> {
  const folder = mkdtempSync(join(tmpdir(), "mig-killed-"));
  let session: Connection | null = null;
  let count = 0;
  const path = () => join(folder, `${count}.db`);
  const timeouts = { runLock: 0, lock: 0, statement: 0 };
  return {
    async open() {
      const url = `sqlite:${path()}`;
      session = await connect({ url, root, versionTable, readOnly: false, timeouts });
      return session;
    },
    async kill() {
      const killed = path();
      count += 1;
      for (const end of files)
        if (existsSync(killed + end)) copyFileSync(killed + end, path() + end);
      await session?.close();
      for (const end of files) rmSync(killed + end, { force: true });
      session = null;
    },
    async close() {
      await session?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
