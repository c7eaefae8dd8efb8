/** Changes of columns, in the text of a table. */
import { fail } from "../../errors.ts";
import type { Column } from "../../model/schema.ts";
import type { ColumnAlteration } from "../../operations/operation.ts";
import { columnText, leavesGaps } from "./create.ts";
import * as edit from "./ddl/edit.ts";
import { type ColumnText, textOf } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { type Draft, findColumn, type Making, need, rewrite } from "./making.ts";
import { affinity, typeText } from "./types.ts";
import { defaultText } from "./write.ts";

/** The draft with a column more. */
export function addColumn(making: Making, so: Draft, column: Column): Draft {
  const text = edit.appendColumn(so.table, columnText(column, making.key));
  const sources = new Map(so.sources).set(column.name, { kind: "added", column });
  const added = { ...rewrite(making, so, text), sources };
  return leavesGaps(column) ? need(added, { kind: "noRows", column: column.name }) : added;
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
  if (to.using) {
    after = {
      ...so,
      sources: new Map(so.sources).set(column().name, { kind: "using", sql: to.using.sql }),
    };
  }
  if (to.type) after = alterType(making, after, column(), typeText(to.type));
  if (to.default !== undefined) {
    const text = to.default === null ? null : defaultText(to.default);
    after = rewrite(making, after, edit.setDefault(after.table, column(), text));
  }
  if (to.notNull !== undefined) after = alterNotNull(making, after, column(), to.notNull);
  return after;
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
