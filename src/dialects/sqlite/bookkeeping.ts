/** How mig's own tables are written on SQLite. */
import { bookkeeping, type Words } from "../bookkeeping.ts";
import type { Bookkeeping, VersionTable } from "../dialect.ts";
import { literal, quote } from "./write.ts";

/** SQLite does not say when a transaction began; a row says when its run did. */
function words(startedAt: string): Words {
  return {
    table: (_at: VersionTable, name: string) => quote(name),
    literal: (value) => (value === moment ? startedAt : literal(value)),
    number: "integer PRIMARY KEY AUTOINCREMENT",
    boolean: "integer",
    timestamp: "text",
    sinceBegin: `CAST(round((julianday('now') - julianday(${startedAt})) * 86400000) AS integer)`,
  };
}

/** Stands for the time of the start, which is SQL: no text of people's is equal to it. */
const moment = "\0startedAt";

const now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

/** The SQL of the version table and the log. A script's runs start when the script does. */
export const sqliteBookkeeping: Bookkeeping = {
  ...bookkeeping(words("started_at")),
  log(at, entry) {
    const startedAt = entry.startedAt === "now" ? now : literal(entry.startedAt);
    return bookkeeping(words(startedAt)).log(at, { ...entry, startedAt: moment });
  },
};
