/** Constraints that come and go, in the text of a table. */
import { fail } from "../../errors.ts";
import type { Constraint } from "../../model/schema.ts";
import { constraintText } from "./create.ts";
import * as edit from "./ddl/edit.ts";
import type { ConstraintText, TableText } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { type Draft, findColumn, type Making, type Need, need, rewrite } from "./making.ts";

/** The draft with a constraint more. */
export function addConstraint(making: Making, so: Draft, constraint: Constraint): Draft {
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

/** The draft without the constraint named `name`, be it of the table, of a column or a unique index. */
export function dropConstraint(making: Making, so: Draft, name: string): Draft {
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
