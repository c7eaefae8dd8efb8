/** What the log says of each revision: its newest word counts. */
import type { LogRow } from "../dialects/dialect.ts";

export interface LedgerEntry {
  /** The last row: a run, a stamp or a repair. */
  readonly last: LogRow;
  /** The run or the stamp that applied it; null where it was undone or forgotten since. */
  readonly applied: LogRow | null;
  /** SHA-256 of the file that counts as the one that ran; null where none is known. */
  readonly checksum: string | null;
}

export type Ledger = ReadonlyMap<string, LedgerEntry>;

/** Read a log, oldest row first. */
export function readLedger(log: readonly LogRow[]): Ledger {
  const ledger = new Map<string, LedgerEntry>();
  for (const row of log) ledger.set(row.revision, after(ledger.get(row.revision), row));
  return ledger;
}

/**
 * The last stamp, and what was logged since. A stamp moves the heads past what the log says, so what was applied by then
 * is known to the version table alone.
 */
export function sinceStamp(log: readonly LogRow[]): Ledger {
  const stamp = log.findLastIndex(({ direction, success }) => direction === "stamp" && success);
  return readLedger(log.slice(Math.max(0, stamp)));
}

function after(before: LedgerEntry | undefined, row: LogRow): LedgerEntry {
  const { applied = null, checksum = null } = before ?? {};
  if (row.success !== true) return { last: row, applied, checksum };
  switch (row.direction) {
    case "up":
    case "stamp":
      return { last: row, applied: row, checksum: row.checksum };
    case "down":
    case "forget":
      return { last: row, applied: null, checksum: null };
    case "accept":
      return { last: row, applied, checksum: row.checksum };
    case "handled":
    case "backup":
      return { last: row, applied, checksum };
  }
}
