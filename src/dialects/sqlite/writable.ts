/**
 * Edits of the text that a database keeps of its own schema: https://www.sqlite.org/lang_altertable.html#otheralter. What
 * is written here was read by the same engine before, on an empty copy: a text that it cannot read would be the end of the
 * database.
 */
import type { Engine } from "./driver.ts";
import type { Part } from "./part.ts";
import { literal } from "./write.ts";

/** The edit that gives `table` the text `to`, where it has `from`. */
export function editOf(table: string, from: string, to: string): string {
  return `${textOf(table, to)} AND sql = ${literal(from)}`;
}

/** The edit that gives `table` the text `to`, whatever it has. */
export function textOf(table: string, to: string): string {
  return `UPDATE sqlite_schema SET sql = ${literal(to)} WHERE type = 'table' AND name = ${literal(table)}`;
}

/** The statement that makes `edits`; none where there are none. */
export function editing(edits: readonly string[]): readonly Part[] {
  return edits.length > 0 ? [{ sql: edits.join(";\n"), edits }] : [];
}

/** Run `edits`, each of which has to change one row of sqlite_schema, and read the schema anew. */
export function editSchema(engine: Engine, edits: readonly string[]): void {
  // The driver opens every database in defensive mode: https://www.sqlite.org/c3ref/c_dbconfig_defensive.html
  engine.unsafeMode(true);
  try {
    engine.pragma("writable_schema = ON");
    for (const sql of edits) {
      const { changes } = engine.prepare(sql).run();
      if (changes !== 1) throw new Error(`${changes} rows of the schema answer to an edit of one`);
    }
    // Other connections look at this number; and with it ROLLBACK, too, forgets what was read here.
    const version = Number(engine.pragma("schema_version", { simple: true }));
    engine.pragma(`schema_version = ${(version + 1) | 0}`);
  } finally {
    close(engine);
  }
}

function close(engine: Engine): void {
  try {
    engine.pragma("writable_schema = RESET");
  } finally {
    engine.unsafeMode(false);
  }
}

/** Whether `query` finds a row where the schema is what `edits` make of it. They are undone. */
export function finds(engine: Engine, edits: readonly string[], query: string): boolean {
  engine.exec("SAVEPOINT mig_suppose");
  try {
    editSchema(engine, edits);
    return engine.prepare(query).get() !== undefined;
  } finally {
    engine.exec("ROLLBACK TO mig_suppose; RELEASE mig_suppose");
  }
}
