/**
 * An empty copy of the part of a schema that a change concerns, in memory. Changes are rehearsed there: what the engine
 * refuses is known before anything runs.
 */
import { type Catalogue, dependentsInOrder, mentionedBy, type SchemaObject } from "./catalogue.ts";
import { sameName } from "./ddl/tokens.ts";
import { type Engine, emptyEngine } from "./driver.ts";
import { firing } from "./fire.ts";
import { quote } from "./write.ts";

/** What the engine makes of a table's text. */
export interface Facts {
  readonly columns: readonly FactColumn[];
  /** The column that is the rowid. */
  readonly rowid: string | null;
  readonly withoutRowid: boolean;
  readonly strict: boolean;
}

/** A column as the engine sees it. */
export interface FactColumn {
  readonly name: string;
  readonly type: string;
  readonly generated: boolean;
}

/** What to put on the stage: a table, all that mentions it, and what `texts` mention. */
export interface Play {
  readonly catalogue: Catalogue;
  readonly table: SchemaObject;
  readonly texts: readonly string[];
  /** Whether foreign keys cannot be switched off there. Here they are off all the same: parents may be missing. */
  readonly keysStay?: boolean;
}

/** Do `work` on an empty copy of the play's tables, views, indexes and triggers. */
export function onStage<Result>(play: Play, work: (engine: Engine) => Result): Result {
  const engine = emptyEngine();
  try {
    engine.pragma("foreign_keys = OFF");
    for (const { sql } of cast(play)) attempt(engine, sql ?? "");
    if (play.catalogue.some(({ name }) => name.startsWith("sqlite_stat"))) engine.exec("ANALYZE");
    return work(engine);
  } finally {
    engine.close();
  }
}

/** What cannot be made on the stage is missing there, and then breaks nothing that it holds. */
function cast({ catalogue, table, texts }: Play): Catalogue {
  const dependent = dependentsInOrder(catalogue, table.name);
  const spoken = dependent.flatMap((it) => [it.sql ?? "", quote(it.table)]);
  const mentioned = mentionedBy(catalogue, [...spoken, ...texts]);
  const parts = new Set<SchemaObject>([table, ...dependent, ...mentioned]);
  const indexes = catalogue.filter((it) => it.type === "index" && sameName(it.table, table.name));
  for (const index of indexes) parts.add(index);
  return catalogue.filter((it) => parts.has(it) && !it.temporary && !it.name.startsWith("sqlite_"));
}

/** What the engine says against `sql`, or null. */
export function attempt(engine: Engine, sql: string): string | null {
  return attempted(() => engine.exec(sql));
}

/** What the engine says against `work`, or null. */
export function attempted(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (failure) {
    return (failure as Error).message;
  }
}

/** What the engine makes of `table`. */
export function factsOf(engine: Engine, table: string): Facts {
  const columns = engine
    .prepare("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)")
    .all(table) as readonly { name: string; type: string; pk: number; hidden: number }[];
  const [kind] = engine
    .prepare("SELECT wr, strict FROM pragma_table_list(?) WHERE schema = 'main'")
    .all(table) as readonly { wr: number; strict: number }[];
  const keyIndex = engine
    .prepare("SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'")
    .all(table);
  const [key, ...more] = columns.filter(({ pk }) => pk > 0);
  return {
    columns: columns.map(({ name, type, hidden }) => ({ name, type, generated: hidden > 1 })),
    // A key without an index of its own is the table's own order: https://www.sqlite.org/lang_createtable.html#rowid
    rowid: key && more.length === 0 && keyIndex.length === 0 ? key.name : null,
    withoutRowid: kind?.wr === 1,
    strict: kind?.strict === 1,
  };
}

/** The text of `table` as the stage has it. */
export function textOn(engine: Engine, table: string): string {
  const sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE";
  return String(engine.prepare(sql).pluck().get(table));
}

/** A statement that compiles a view or a trigger of the stage; null where there is none. */
export function probeOf(engine: Engine, { type, name, sql }: SchemaObject): string | null {
  return type === "view"
    ? `SELECT * FROM ${quote(name)}`
    : firing(sql ?? "", (it) => columnsOn(engine, it));
}

/** What is wrong with a view or a trigger of the stage: the engine's words, or null. */
export function flaw(engine: Engine, object: SchemaObject): string | null {
  const probe = probeOf(engine, object);
  if (probe === null) return null;
  engine.exec("SAVEPOINT alone");
  try {
    // Another trigger of the same event would be compiled, too.
    for (const name of triggersOn(engine)) {
      if (name !== object.name) engine.exec(`DROP TRIGGER ${quote(name)}`);
    }
    engine.prepare(probe);
    return null;
  } catch (failure) {
    return (failure as Error).message;
  } finally {
    engine.exec("ROLLBACK TO alone; RELEASE alone");
  }
}

function triggersOn(engine: Engine): readonly string[] {
  return engine
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck()
    .all() as string[];
}

function columnsOn(engine: Engine, relation: string): readonly string[] {
  const sql = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden < 2";
  return engine.prepare(sql).pluck().all(relation) as string[];
}
