/** Changes that SQLite's own ALTER TABLE may carry out. */
import type { Reader } from "../dialect.ts";
import type { Change } from "./arrange.ts";
import { type Catalogue, isFile } from "./catalogue.ts";
import { addsNatively, columnText, constraintText } from "./create.ts";
import { quote } from "./write.ts";

/** What may be tried: DROP COLUMN looks at every view, and changes of constraints came with 3.53. */
export interface Allowed {
  readonly dropColumn: boolean;
  /** Whether the database is a file: statements for one in memory are a script's, and may meet an older engine. */
  readonly isFile: boolean;
  /** ADD CHECK takes NULL for a failure, which CHECK itself does not: for tables where no check gives NULL. */
  readonly checks: boolean;
}

/** What may be tried on the database that `reader` shows. */
export async function allowedOn(
  reader: Reader,
  catalogue: Catalogue,
  table: string,
  changes: readonly Change[],
): Promise<Allowed> {
  const file = await isFile(reader);
  return {
    dropColumn: !catalogue.some(({ type }) => type === "view" || type === "trigger"),
    isFile: file,
    checks: file && !(await givesNull(reader, table, changes)),
  };
}

async function givesNull(
  reader: Reader,
  table: string,
  changes: readonly Change[],
): Promise<boolean> {
  for (const change of changes) {
    if (change.kind !== "addConstraint" || change.constraint.kind !== "check") continue;
    const sql = `SELECT 1 FROM ${quote(table)} WHERE (${change.constraint.expression.sql}) IS NULL LIMIT 1`;
    // A check of a column that is not there yet cannot be asked.
    const rows = await reader.all(sql).catch(() => null);
    if (rows === null || rows.length > 0) return true;
  }
  return false;
}

/** The statements of `changes`, or null when one of them has none. */
export function nativeStatements(
  table: string,
  changes: readonly Change[],
  allowed: Allowed,
): readonly string[] | null {
  const statements = changes.map((change) => nativeStatement(table, change, allowed));
  return statements.every((it) => it !== null) ? statements : null;
}

function nativeStatement(table: string, change: Change, allowed: Allowed): string | null {
  const alter = `ALTER TABLE ${quote(table)}`;
  switch (change.kind) {
    case "addColumn":
      return addsNatively(change.column)
        ? `${alter} ADD COLUMN ${columnText(change.column, [])}`
        : null;
    case "dropColumn":
      return allowed.dropColumn ? `${alter} DROP COLUMN ${quote(change.name)}` : null;
    case "alterColumn": {
      const { notNull, ...others } = change.to;
      if (!allowed.isFile || notNull === undefined || Object.keys(others).length > 0) return null;
      return `${alter} ALTER COLUMN ${quote(change.name)} ${notNull ? "SET" : "DROP"} NOT NULL`;
    }
    case "addConstraint":
      if (!allowed.isFile || !allowed.checks || change.constraint.kind !== "check") return null;
      return `${alter} ADD ${constraintText(change.constraint)}`;
    case "dropConstraint":
      return allowed.isFile ? `${alter} DROP CONSTRAINT ${quote(change.name)}` : null;
  }
}
