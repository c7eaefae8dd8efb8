/** What the value of a column is copied from. */
import { isExpression } from "../../model/schema.ts";
import type { Draft, Source } from "./making.ts";
import { defaultText, quote } from "./write.ts";

/** SQL for the value that the column `name` has in a row, as far as the draft says. */
export function currentValue(so: Draft, name: string): string {
  const source = so.sources.get(name);
  if (source === undefined) return quote(name);
  return source.kind === "using" ? `(${source.sql})` : addedValue(source);
}

/** SQL for the value that a row which is there gets in a new column. */
export function addedValue({ column, backfill }: Extract<Source, { kind: "added" }>): string {
  const expression = backfill ?? column.generated?.as;
  if (expression) return `(${expression.sql})`;
  if (column.default === undefined) return "NULL";
  // A bare word is text behind DEFAULT, and a column elsewhere; parentheses are for expressions only.
  return isExpression(column.default) ? `(${column.default.sql})` : defaultText(column.default);
}
