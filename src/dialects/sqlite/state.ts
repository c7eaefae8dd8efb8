/** What a database knows of its history. */
import { logName } from "../bookkeeping.ts";
import type { DatabaseState, LogRow, VersionTable } from "../dialect.ts";
import { type LogRecord, logRow } from "../log-row.ts";
import type { Engine } from "./driver.ts";
import { quote } from "./write.ts";

/** The version table and what matters of the log. */
export function readState(engine: Engine, at: VersionTable): DatabaseState {
  const { heads, log } = present(engine, at);
  return {
    heads: heads ? readHeads(engine, at) : null,
    hasLog: log,
    lastBatch: log ? lastBatch(engine, at) : 0,
    unfinished: log ? unfinished(engine, at) : [],
  };
}

/**
 * Reads the heads, in the order of their names; none where there is no version table. Everything is prepared once: whatever
 * changes the schema has to visit every statement that was ever prepared and is not collected yet.
 */
export function headsReader(engine: Engine, at: VersionTable): () => readonly string[] {
  let statement: ReturnType<typeof prepareHeads> | null = null;
  let presence: ReturnType<typeof preparePresence> | null = null;
  const isMissing = () => {
    presence ??= preparePresence(engine);
    return presence.all(at.name, at.name).length === 0;
  };
  return () => {
    // Looked for only after it was missed, until it is there: the schema of a large database takes long to search.
    if (presence !== null && isMissing()) return [];
    presence = null;
    try {
      statement ??= prepareHeads(engine, at);
      return statement.all() as string[];
    } catch (failure) {
      if (isMissing()) return [];
      throw failure;
    }
  };
}

/** The whole log, oldest first. */
export function readLog(engine: Engine, at: VersionTable): readonly LogRow[] {
  if (!present(engine, at).log) return [];
  const rows = engine.prepare(`SELECT * FROM ${quote(logName(at.name))} ORDER BY id`).all();
  return (rows as readonly LogRecord[]).map(logRow);
}

/** The name of the run that was logged last; there is a log. */
export function readNewestRun(engine: Engine, at: VersionTable): string | null {
  const sql = `SELECT run FROM ${quote(logName(at.name))} ORDER BY id DESC LIMIT 1`;
  return (engine.prepare(sql).pluck().get() as string | undefined) ?? null;
}

function present(
  engine: Engine,
  { name }: VersionTable,
): { readonly heads: boolean; readonly log: boolean } {
  const names = preparePresence(engine).all(name, logName(name));
  return { heads: names.includes(name), log: names.includes(logName(name)) };
}

/** Which of two tables there are. */
function preparePresence(engine: Engine) {
  return engine
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN (?, ?)")
    .pluck();
}

function readHeads(engine: Engine, at: VersionTable): readonly string[] {
  return prepareHeads(engine, at).all() as string[];
}

function prepareHeads(engine: Engine, { name }: VersionTable) {
  return engine.prepare(`SELECT version_num FROM ${quote(name)} ORDER BY version_num`).pluck();
}

function lastBatch(engine: Engine, { name }: VersionTable): number {
  const sql = `SELECT coalesce(max(batch), 0) FROM ${quote(logName(name))}`;
  return engine.prepare(sql).pluck().get() as number;
}

/** Runs that did not end, or ended half-way, and that no later run or stamp has made good. */
function unfinished(engine: Engine, { name }: VersionTable): readonly LogRow[] {
  const log = quote(logName(name));
  const rows = engine.prepare(`SELECT * FROM ${log} AS run
WHERE run.success IS NOT 1 AND (run.success IS NULL OR run.statements_begun IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM ${log} AS later WHERE later.revision = run.revision AND later.id > run.id
    AND (later.success = 1 OR later.statements_begun IS NOT NULL))
ORDER BY run.id`);
  return (rows.all() as readonly LogRecord[]).map(logRow);
}
