/** Constraints that come and go, in the text of a table. */
import { fail } from "../../errors.ts";
import type { Constraint } from "../../model/schema.ts";
import { numbers } from "./column.ts";
import { constraintText } from "./constraint.ts";
import * as edit from "./ddl/edit.ts";
import { renameConstraints } from "./ddl/edit-constraint.ts";
import type { ConstraintText, TableText } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { derivedNames } from "./derived-names.ts";
import { type Draft, findColumn, type Making, type Need, need, rewrite } from "./making.ts";
import { quote } from "./write.ts";

/** The draft with a constraint more. */
export function addConstraint(making: Making, so: Draft, constraint: Constraint): Draft {
  if (constraint === making.key && so.keyInColumn === constraint.name) {
    return need(so, ...needsOf(constraint, so));
  }
  if (constraint.kind === "primaryKey" && primaryKeyOf(so.table)) {
    fail("OPERATION_INVALID", {
      operation: making.operation,
      why: `table "${making.table}" has a primary key already; drop that constraint first`,
    });
  }
  if (constraint.kind !== "check") {
    for (const column of constraint.columns) findColumn(making, so.table, column);
  }
  refuseTaken(making, so.table, constraint.name);
  const after = rewrite(making, so, edit.appendConstraint(so.table, constraintText(constraint)));
  return need(after, ...needsOf(constraint, so));
}

function refuseTaken({ operation, table }: Making, text: TableText, name: string): void {
  if (!named(text).some((it) => sameName(it.name ?? "", name))) return;
  fail("OPERATION_INVALID", {
    operation,
    why: `table "${table}" has a constraint "${name}" already`,
  });
}

function needsOf(constraint: Constraint, so: Draft): readonly Need[] {
  switch (constraint.kind) {
    case "unique":
      return [{ kind: "unique", constraint }];
    case "primaryKey":
      return [
        ...constraint.columns.flatMap((column): Need[] =>
          isNumbered(so, column) ? [] : [{ kind: "value", column }],
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
function isNumbered(so: Draft, name: string): boolean {
  const source = so.sources.get(name);
  return source?.kind === "added" && numbers(source.column);
}

/** The draft with a constraint under another name. */
export function renameConstraint(
  making: Making,
  so: Draft,
  { from, to }: { readonly from: string; readonly to: string },
): Draft {
  const found = named(so.table).filter((it) => sameName(it.name ?? "", from));
  const others = named(so.table).filter((it) => !found.includes(it));
  if (others.some((it) => sameName(it.name ?? "", to))) refuseTaken(making, so.table, to);
  if (found.length > 0) return rewrite(making, so, renameConstraints(so.table, found, quote(to)));
  if (uniqueIndexes(making).some((it) => sameName(it, from))) {
    fail("OPERATION_INVALID", {
      operation: making.operation,
      why: `"${from}" is a unique index here; rename it with op.renameIndex`,
    });
  }
  const known = named(so.table).flatMap((it) => it.name ?? []);
  return fail("CONSTRAINT_MISSING", { table: making.table, constraint: from, known });
}

/**
 * The draft without the constraint named `name`, be it of the table, of a column or a unique index. One that has no name
 * answers to the name that is derived for it.
 */
export function dropConstraint(making: Making, so: Draft, name: string): Draft {
  const found = named(so.table).filter((it) => it.name !== null && sameName(it.name, name));
  if (found.length > 0) return withoutNeed(without(making, so, found), name);
  const indexes = uniqueIndexes(making);
  const index = indexes.find((it) => sameName(it, name));
  if (index !== undefined) return { ...so, indexes: [...so.indexes, index] };
  const derived = [...derivedNames(making.table, so.table)];
  const unnamed = derived.find(([it]) => sameName(it, name))?.[1];
  if (unnamed) return without(making, so, [unnamed]);
  const known = [
    ...named(so.table).flatMap((it) => it.name ?? []),
    ...indexes,
    ...derived.map(([it]) => it),
  ];
  return fail("CONSTRAINT_MISSING", { table: making.table, constraint: name, known });
}

function without(making: Making, so: Draft, found: readonly ConstraintText[]): Draft {
  const ofTable = found.find((it) => so.table.constraints.includes(it));
  const text = ofTable
    ? edit.removeItem(so.table, ofTable.span)
    : edit.removeConstraints(so.table, found);
  return rewrite(making, so, text);
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
