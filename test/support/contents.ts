/** Everything that makes an SQLite database what it is, as data that can be compared. mig's own tables are left out. */
import Database from "better-sqlite3";

export interface Contents {
  /** The text of every object, by its type and name. */
  readonly schema: Readonly<Record<string, string | null>>;
  /** The triggers of each table in the order of their making, which is the order that they fire in. */
  readonly triggers: Readonly<Record<string, readonly string[]>>;
  /** The rows of every table with their rowids; integers are bigint, so that they are told from reals. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly pragmas: Readonly<Record<string, unknown>>;
  readonly foreignKeyCheck: readonly unknown[];
}

export type Row = Readonly<Record<string, unknown>>;

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/** What is in the database file at `path`. Throws when it is not whole. */
export function contentsOf(path: string): Contents {
  const engine = new Database(path);
  try {
    engine.defaultSafeIntegers(true);
    const whole = engine.pragma("integrity_check", { simple: true });
    if (whole !== "ok") throw new Error(`the file is damaged: ${whole}`);
    const objects = engine
      .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")
      .all() as readonly SchemaObject[];
    const theirs = objects.filter(({ tbl_name }) => !tbl_name.startsWith("mig_"));
    return {
      schema: Object.fromEntries(
        theirs.map(({ type, name, sql }) => [`${type} ${name}`, sql]).sort(),
      ),
      triggers: triggersOf(theirs),
      rows: rowsOf(engine, theirs),
      pragmas: Object.fromEntries(kept.map((name) => [name, engine.pragma(name)])),
      foreignKeyCheck: violations(engine),
    };
  } finally {
    engine.close();
  }
}

const kept = [
  "encoding",
  "page_size",
  "auto_vacuum",
  "journal_mode",
  "user_version",
  "application_id",
];

function triggersOf(objects: readonly SchemaObject[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { type, name, tbl_name: table } of objects) {
    if (type === "trigger") found[table] = [...(found[table] ?? []), name];
  }
  return found;
}

function rowsOf(
  engine: Database.Database,
  objects: readonly SchemaObject[],
): Record<string, readonly Row[]> {
  const tables = objects.filter(
    ({ type, sql }) => type === "table" && !sql?.startsWith("CREATE VIRTUAL"),
  );
  return Object.fromEntries(
    tables.map(({ name }) => {
      const rows = engine.prepare(select(engine, name)).all() as Row[];
      return [name, name.startsWith("sqlite_") ? inSqlitesOwn(rows) : rows];
    }),
  );
}

/** Sequences and statistics, where mig's tables have rows, too. Of these their order and rowids say nothing. */
function inSqlitesOwn(rows: readonly Row[]): readonly Row[] {
  return rows
    .filter((row) => !String(row.name ?? row.tbl).startsWith("mig_"))
    .map(({ "the rowid": _, ...row }) => row)
    .sort(byText);
}

function byText(a: Row, b: Row): number {
  return Object.values(a).join() < Object.values(b).join() ? -1 : 1;
}

/** A table without rowids has none, and in others a column may have taken the name. */
function select(engine: Database.Database, name: string): string {
  const table = `"${name.replaceAll('"', '""')}"`;
  for (const rowid of ["_rowid_", "oid", "rowid"]) {
    try {
      const sql = `SELECT ${rowid} AS "the rowid", * FROM ${table} ORDER BY ${rowid}`;
      engine.prepare(sql);
      return sql;
    } catch {}
  }
  return `SELECT * FROM ${table}`;
}

function violations(engine: Database.Database): readonly unknown[] {
  try {
    // Keys are numbered from the last one back: a new one renumbers the others.
    return (engine.pragma("foreign_key_check") as Row[]).map(({ fkid: _, ...row }) => row);
  } catch (failure) {
    return [(failure as Error).message];
  }
}
