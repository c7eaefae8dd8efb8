/** How mig's own tables are written on SQLite. */
import { bookkeeping } from "../bookkeeping.ts";
import type { Bookkeeping } from "../dialect.ts";
import { literal, quote } from "./write.ts";

/** The SQL of the version table and the log. */
export const sqliteBookkeeping: Bookkeeping = bookkeeping({
  table: (_at, name) => quote(name),
  literal,
  // Rows are never deleted, so that no number is given twice.
  number: "integer PRIMARY KEY",
  boolean: "integer",
  timestamp: "text",
  versionTableOptions: " WITHOUT ROWID",
  now: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
  // SQLite does not say when a transaction began; a row says when its run did.
  sinceBegin: (startedAt) =>
    `CAST(round((julianday('now') - julianday(${startedAt})) * 86400000) AS integer)`,
});
