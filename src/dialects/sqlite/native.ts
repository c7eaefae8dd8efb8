/** Changes that SQLite's own ALTER TABLE may carry out. */
import type { Change } from "./arrange.ts";
import { addsNatively, columnText, constraintText } from "./create.ts";
import { quote } from "./write.ts";

/** What may be tried: DROP COLUMN looks at every view, and 3.53 brought changes of constraints. */
export interface Allowed {
  readonly dropColumn: boolean;
  readonly constraints: boolean;
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
      if (!allowed.constraints || notNull === undefined || Object.keys(others).length > 0)
        return null;
      return `${alter} ALTER COLUMN ${quote(change.name)} ${notNull ? "SET" : "DROP"} NOT NULL`;
    }
    case "addConstraint":
      if (!allowed.constraints || change.constraint.kind !== "check") return null;
      return `${alter} ADD ${constraintText(change.constraint)}`;
    case "dropConstraint":
      return allowed.constraints ? `${alter} DROP CONSTRAINT ${quote(change.name)}` : null;
  }
}
