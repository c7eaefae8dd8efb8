/** How mig's own tables are written on SQLite. */
import { bookkeeping, type Words } from "../bookkeeping.ts";
import type { Bookkeeping, VersionTable } from "../dialect.ts";
import { literal, quote } from "./write.ts";

/** SQLite does not say when a transaction began; a row says when its run did. */
function words(startedAt: string): Words {
  return {
    table: (_at: VersionTable, name: string) => quote(name),
    literal,
    number: "integer PRIMARY KEY AUTOINCREMENT",
    boolean: "integer",
    timestamp: "text",
    sinceBegin: `CAST(round((julianday('now') - julianday(${startedAt})) * 86400000) AS integer)`,
  };
}

const shared = bookkeeping(words("started_at"));

/** The SQL of the version table and the log. */
export const sqliteBookkeeping: Bookkeeping = {
  ...shared,
  log: (at, entry) => bookkeeping(words(literal(entry.startedAt))).log(at, entry),
};
