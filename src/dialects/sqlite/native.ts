/** Changes that SQLite's own ALTER TABLE may carry out. */
import type { AddColumn } from "../../operations/kinds/tables.ts";
import type { Reader } from "../dialect.ts";
import type { Change } from "./arrange.ts";
import { type Catalogue, isFile } from "./catalogue.ts";
import { addsNatively, anywhere, columnText, leavesGaps } from "./column.ts";
import { constraintText } from "./constraint.ts";
import { sameName } from "./ddl/tokens.ts";
import { quote } from "./write.ts";

/** What may be tried: DROP COLUMN looks at every view, and changes of constraints came with 3.53. */
export interface Allowed {
  readonly dropColumn: boolean;
  /** Whether the database is a file: statements for one in memory are a script's, and may meet an older engine. */
  readonly isFile: boolean;
  /** ADD CHECK takes NULL for a failure, which CHECK itself does not: for tables where no check gives NULL. */
  readonly checks: boolean;
  /** Whether values can be written where they are: no trigger of the table would take it for work of the application. */
  readonly update: boolean;
  readonly strict: boolean;
}

/** What may be tried on the database that `reader` shows. */
export async function allowedOn(
  reader: Reader,
  catalogue: Catalogue,
  table: string,
  changes: readonly Change[],
  strict: boolean,
): Promise<Allowed> {
  const file = await isFile(reader);
  const allowed = {
    dropColumn: !catalogue.some(({ type }) => type === "view" || type === "trigger"),
    isFile: file,
    checks: file,
    update: !catalogue.some((it) => it.type === "trigger" && sameName(it.table, table)),
    strict,
  };
  // The rows are read only where all else could be done so.
  if (nativeStatements(table, changes, allowed) === null) return allowed;
  return { ...allowed, checks: file && !(await givesNull(reader, table, changes)) };
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
  const statements = changes.map((change) => nativeOne(table, change, allowed));
  return statements.every((it) => it !== null) ? statements.flat() : null;
}

function nativeOne(table: string, change: Change, allowed: Allowed): readonly string[] | null {
  const alter = `ALTER TABLE ${quote(table)}`;
  switch (change.kind) {
    case "addColumn":
      return addNatively(table, change, allowed);
    case "dropColumn":
      return allowed.dropColumn ? [`${alter} DROP COLUMN ${quote(change.name)}`] : null;
    case "alterColumn":
      return alterNatively(table, change, allowed);
    case "addConstraint":
      if (!allowed.isFile || !allowed.checks || change.constraint.kind !== "check") return null;
      return [`${alter} ADD ${constraintText(change.constraint)}`];
    case "dropConstraint":
      return allowed.isFile ? [`${alter} DROP CONSTRAINT ${quote(change.name)}`] : null;
    case "renameConstraint":
      return null;
  }
}

function addNatively(table: string, change: AddColumn, allowed: Allowed): string[] | null {
  const { column, backfill } = change;
  if (!addsNatively(column) || (backfill && (!allowed.update || leavesGaps(column)))) return null;
  const text = columnText(column, { ...anywhere, strict: allowed.strict });
  return [
    `ALTER TABLE ${quote(table)} ADD COLUMN ${text}`,
    ...(backfill ? [`UPDATE ${quote(table)} SET ${quote(column.name)} = (${backfill.sql})`] : []),
  ];
}

function alterNatively(
  table: string,
  { name, to }: Extract<Change, { kind: "alterColumn" }>,
  allowed: Allowed,
): string[] | null {
  const { notNull, backfill, ...others } = to;
  if (Object.keys(others).length > 0) return null;
  if ((notNull !== undefined && !allowed.isFile) || (backfill && !allowed.update)) return null;
  const [of, on] = [quote(name), quote(table)];
  return [
    ...(backfill ? [`UPDATE ${on} SET ${of} = (${backfill.sql}) WHERE ${of} IS NULL`] : []),
    ...(notNull === undefined
      ? []
      : [`ALTER TABLE ${on} ALTER COLUMN ${of} ${notNull ? "SET" : "DROP"} NOT NULL`]),
  ];
}
