/** The text that a table is to have, and what its rows have to satisfy for that. */
import { fail } from "../../errors.ts";
import type { Column, Constraint, ForeignKey, PrimaryKey, Unique } from "../../model/schema.ts";
import type { ColumnAlteration } from "../../operations/operation.ts";
import type { Change, Subject } from "./arrange.ts";
import type { Catalogue } from "./catalogue.ts";
import { columnText, constraintText, keyOf, leavesGaps } from "./create.ts";
import { Unreadable } from "./ddl/cursor.ts";
import * as edit from "./ddl/edit.ts";
import { parseTable } from "./ddl/parse.ts";
import { type ColumnText, type ConstraintText, type TableText, textOf } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { affinity, typeText } from "./types.ts";
import { defaultText } from "./write.ts";

/** Something that every row has to satisfy before the table may have its new text. */
export type Need =
  | { readonly kind: "value"; readonly column: string }
  | { readonly kind: "noRows"; readonly column: string }
  | { readonly kind: "type"; readonly column: string; readonly type: string }
  | { readonly kind: "unique"; readonly constraint: Unique | PrimaryKey }
  | { readonly kind: "parent"; readonly constraint: ForeignKey }
  | { readonly kind: "check"; readonly name: string; readonly sql: string };

/** Where the value of a column comes from, when it is not simply kept. */
export type Source =
  | { readonly kind: "added"; readonly column: Column }
  | { readonly kind: "using"; readonly sql: string };

export interface Draft {
  readonly table: TableText;
  readonly sources: ReadonlyMap<string, Source>;
  readonly needs: readonly Need[];
  /** Unique indexes that were dropped by the name of the constraint that they stand for. */
  readonly indexes: readonly string[];
}

/** What a draft is made for: `catalogue` holds the indexes that stand for constraints. */
export interface Making extends Subject {
  readonly catalogue: Catalogue;
  /** The primary key that the batch gives the table, if it does. */
  readonly key: readonly string[];
}

/** `table` after `changes`. */
export function draft(
  subject: Subject,
  catalogue: Catalogue,
  table: TableText,
  changes: readonly Change[],
): Draft {
  const added = changes.flatMap((it) => (it.kind === "addConstraint" ? [it.constraint] : []));
  const making: Making = { ...subject, catalogue, key: keyOf(added) };
  const start: Draft = { table, sources: new Map(), needs: [], indexes: [] };
  return changes.reduce((so, change) => apply(making, so, change), start);
}

function apply(making: Making, so: Draft, change: Change): Draft {
  switch (change.kind) {
    case "addColumn":
      return addColumn(making, so, change.column);
    case "dropColumn":
      return dropColumn(making, so, change.name);
    case "alterColumn":
      return alterColumn(making, so, change.name, change.to);
    case "addConstraint":
      return addConstraint(making, so, change.constraint);
    case "dropConstraint":
      return dropConstraint(making, so, change.name);
  }
}

/** `so` with another text, read anew: every edit is of a text that is understood. */
function rewrite(making: Making, so: Draft, sql: string): Draft {
  const table = parseTable(sql);
  if (table instanceof Unreadable) {
    return fail("OPERATION_INVALID", {
      operation: making.operation,
      why: `the table's definition could not be read afterwards, ${table.message}`,
    });
  }
  return { ...so, table };
}

function need(so: Draft, ...needs: readonly Need[]): Draft {
  return { ...so, needs: [...so.needs, ...needs] };
}

function addColumn(making: Making, so: Draft, column: Column): Draft {
  const text = edit.appendColumn(so.table, columnText(column, making.key));
  const sources = new Map(so.sources).set(column.name, { kind: "added", column });
  const added = { ...rewrite(making, so, text), sources };
  return leavesGaps(column) ? need(added, { kind: "noRows", column: column.name }) : added;
}

function dropColumn(making: Making, so: Draft, name: string): Draft {
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

function alterColumn(making: Making, so: Draft, name: string, to: ColumnAlteration): Draft {
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

function addConstraint(making: Making, so: Draft, constraint: Constraint): Draft {
  if (constraint.kind === "primaryKey" && primaryKeyOf(so.table)) {
    fail("OPERATION_INVALID", {
      operation: making.operation,
      why: `table "${making.table}" has a primary key already; drop that constraint first`,
    });
  }
  if (constraint.kind !== "check") {
    for (const column of constraint.columns) findColumn(making, so.table, column);
  }
  if (named(so.table).some(({ name }) => name !== null && sameName(name, constraint.name))) {
    fail("OPERATION_INVALID", {
      operation: making.operation,
      why: `table "${making.table}" has a constraint "${constraint.name}" already`,
    });
  }
  const after = rewrite(making, so, edit.appendConstraint(so.table, constraintText(constraint)));
  return need(after, ...needsOf(constraint, so));
}

function needsOf(constraint: Constraint, so: Draft): readonly Need[] {
  switch (constraint.kind) {
    case "unique":
      return [{ kind: "unique", constraint }];
    case "primaryKey":
      return [
        ...constraint.columns.flatMap((column): Need[] =>
          numbers(so, column) ? [] : [{ kind: "value", column }],
        ),
        { kind: "unique", constraint },
      ];
    case "foreignKey":
      return [{ kind: "parent", constraint }];
    case "check":
      return [{ kind: "check", name: constraint.name, sql: constraint.expression.sql }];
  }
}

/** True for a column that the batch adds and that numbers its rows. */
function numbers(so: Draft, name: string): boolean {
  const source = so.sources.get(name);
  return source?.kind === "added" && source.column.identity !== undefined;
}

function dropConstraint(making: Making, so: Draft, name: string): Draft {
  const is = (it: ConstraintText) => it.name !== null && sameName(it.name, name);
  const ofTable = so.table.constraints.find(is);
  if (ofTable)
    return withoutNeed(rewrite(making, so, edit.removeItem(so.table, ofTable.span)), name);
  const ofColumns = named(so.table).filter(is);
  if (ofColumns.length > 0) return rewrite(making, so, edit.removeConstraints(so.table, ofColumns));
  const indexes = uniqueIndexes(making);
  const index = indexes.find((it) => sameName(it, name));
  if (index !== undefined) return { ...so, indexes: [...so.indexes, index] };
  const known = [...named(so.table).flatMap((it) => it.name ?? []), ...indexes];
  return fail("CONSTRAINT_MISSING", { table: making.table, constraint: name, known });
}

/** A constraint that was added and dropped again asks nothing of the rows. */
function withoutNeed(so: Draft, name: string): Draft {
  const is = (it: Need) =>
    ("constraint" in it && sameName(it.constraint.name, name)) ||
    (it.kind === "check" && sameName(it.name, name));
  return { ...so, needs: so.needs.filter((it) => !is(it)) };
}

/** Drizzle makes a unique index where others make a unique constraint; either is dropped by its name. */
function uniqueIndexes({ catalogue, table }: Making): string[] {
  const own = catalogue.filter((it) => it.type === "index" && sameName(it.table, table));
  return own.filter(({ sql }) => /^\s*create\s+unique\s/i.test(sql ?? "")).map(({ name }) => name);
}

function named(table: TableText): readonly ConstraintText[] {
  const ofColumns = table.columns.flatMap(({ constraints }) => constraints);
  return [...table.constraints, ...ofColumns].filter(({ name }) => name !== null);
}

function primaryKeyOf(table: TableText): ConstraintText | undefined {
  const ofColumns = table.columns.flatMap(({ constraints }) => constraints);
  return [...table.constraints, ...ofColumns].find(({ kind }) => kind === "primaryKey");
}

function findColumn(making: Making, table: TableText, name: string): ColumnText {
  const column = table.columns.find((it) => sameName(it.name, name));
  return (
    column ??
    fail("COLUMN_MISSING", { table: making.table, column: name, operation: making.operation })
  );
}
