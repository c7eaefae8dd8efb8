/** Changes of columns, in the text of a table. */
import { fail } from "../../errors.ts";
import type { Generated } from "../../model/schema.ts";
import type { AddColumn, ColumnPlace } from "../../operations/kinds/tables.ts";
import type { ColumnAlteration } from "../../operations/operation.ts";
import { columnText, generatedText, isKey, leavesGaps, numbers } from "./column.ts";
import * as edit from "./ddl/edit.ts";
import { type ColumnText, textOf } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { alterCollation } from "./draft-collation.ts";
import { alterAutoIncrement } from "./draft-numbers.ts";
import { type Draft, findColumn, type Making, need, rewrite } from "./making.ts";
import { addedValue, currentValue } from "./source.ts";
import { affinity, typeText } from "./types.ts";
import { defaultText, quote } from "./write.ts";

/** The draft with a column more. */
export function addColumn(
  making: Making,
  so: Draft,
  { column, backfill, place }: AddColumn,
): Draft {
  const { key } = making;
  const definition = columnText(column, { key, strict: so.table.strict });
  const source = { kind: "added" as const, column, ...(backfill && { backfill }) };
  const added: Draft = {
    ...rewrite(making, so, placed(making, so, definition, place)),
    sources: new Map(so.sources).set(column.name, source),
    ...(column.autoIncrement && key && isKey(column.name, key) && { keyInColumn: key.name }),
  };
  const computed = backfill !== undefined || column.generated !== undefined;
  if (computed && column.notNull) return need(added, { kind: "value", column: column.name });
  return leavesGaps(column) && !computed
    ? need(added, { kind: "noRows", column: column.name })
    : added;
}

function placed(making: Making, so: Draft, definition: string, place?: ColumnPlace): string {
  if (place === undefined) return edit.appendColumn(so.table, definition);
  const { columns } = so.table;
  if ("before" in place) {
    return edit.insertColumn(so.table, findColumn(making, so.table, place.before), definition);
  }
  // What stands behind a column, such as a comment, is the column's.
  const next = columns[columns.indexOf(findColumn(making, so.table, place.after)) + 1];
  return next
    ? edit.insertColumn(so.table, next, definition)
    : edit.appendColumn(so.table, definition);
}

/** The draft with a column less; what it asked of the rows is forgotten. */
export function dropColumn(making: Making, so: Draft, name: string): Draft {
  if (so.table.columns.length === 1) {
    fail("OPERATION_INVALID", {
      operation: making.operation,
      why: "it is the table's last column",
    });
  }
  const column = findColumn(making, so.table, name);
  const sources = new Map(so.sources);
  sources.delete(column.name);
  const needs = so.needs.filter((it) => !("column" in it && sameName(it.column, name)));
  return rewrite(making, { ...so, sources, needs }, edit.removeItem(so.table, column.span));
}

/** The draft with a column changed. */
export function alterColumn(making: Making, so: Draft, name: string, to: ColumnAlteration): Draft {
  const column = () => findColumn(making, after.table, name);
  let after = so;
  if (to.generated !== undefined) after = alterGenerated(making, after, column(), to.generated);
  after = withSource(after, column().name, to);
  if (to.type) after = alterType(making, after, column(), typeText(to.type, so.table.strict));
  if (to.default !== undefined) {
    after = withFirstDefault(after, column().name);
    const text = to.default === null ? null : defaultText(to.default);
    after = rewrite(making, after, edit.setDefault(after.table, column(), text));
  }
  if (to.collation !== undefined) after = alterCollation(making, after, column(), to.collation);
  if (to.notNull !== undefined) after = alterNotNull(making, after, column(), to.notNull);
  if (to.autoIncrement !== undefined)
    after = alterAutoIncrement(making, after, name, to.autoIncrement);
  return after;
}

/** The draft whose rows get their value of the column from `using`, and from `backfill` where that is NULL. */
function withSource(so: Draft, name: string, { using, backfill }: ColumnAlteration): Draft {
  if (!using && !backfill) return so;
  const value = using ? `(${using.sql})` : currentValue(so, name);
  const sql = backfill ? `coalesce(${value}, (${backfill.sql}))` : (using?.sql ?? value);
  return { ...so, sources: new Map(so.sources).set(name, { kind: "using", sql }) };
}

/** The rows keep the values that the expression gave them, or get those that a new one gives. */
function alterGenerated(
  making: Making,
  so: Draft,
  column: ColumnText,
  generated: Generated | null,
): Draft {
  const is = edit.ofKind(column, "generated").length > 0;
  if (!is && generated === null) return so;
  const text = generated && generatedText(generated);
  const after = rewrite(making, so, edit.setClause(so.table, column, "generated", text));
  const sql = generated?.as.sql ?? quote(column.name);
  return { ...after, sources: new Map(so.sources).set(column.name, { kind: "using", sql }) };
}

/** Rows that are there get the default that the column came with, whatever becomes of it. */
function withFirstDefault(so: Draft, name: string): Draft {
  const source = so.sources.get(name);
  if (source?.kind !== "added" || numbers(source.column)) return so;
  const sql = addedValue(source);
  return { ...so, sources: new Map(so.sources).set(name, { kind: "using", sql }) };
}

function alterType(making: Making, so: Draft, column: ColumnText, type: string): Draft {
  const current = column.type ? textOf(so.table, column.type) : "";
  if (current.toLowerCase() === type.toLowerCase()) return so;
  const after = rewrite(making, so, edit.replaceType(so.table, column, type));
  const { strict } = so.table;
  if (affinity(current, strict) === affinity(type, strict) && !strict) return after;
  return need(after, { kind: "type", column: column.name, type });
}

function alterNotNull(making: Making, so: Draft, column: ColumnText, notNull: boolean): Draft {
  const is = edit.ofKind(column, "notNull").length > 0;
  if (is === notNull) return so;
  if (!notNull) return rewrite(making, so, edit.dropNotNull(so.table, column));
  const after = rewrite(making, so, edit.addNotNull(so.table, column));
  return need(after, { kind: "value", column: column.name });
}
