/** Constraints from the catalogue. */
import type { Constraint, Deferrable, ForeignKeyAction } from "../../../model/schema.ts";
import { withoutParentheses } from "../expression.ts";
import type { CommentOf } from "./comments.ts";
import { compare, type Names } from "./names.ts";
import type { ConstraintRow, IndexRow } from "./table-questions.ts";

/** What the constraints of all tables have in common. */
export interface ConstraintSource {
  /** Indexes by their numbers. */
  readonly indexes: ReadonlyMap<number, IndexRow>;
  readonly commentOf: CommentOf;
  readonly names: Names;
}

/** The names of a table's columns by their numbers. */
export type ColumnNames = ReadonlyMap<number, string>;

/** The constraints of a table: its key first, each kind by name. */
export function constraintsOf(
  rows: readonly ConstraintRow[],
  columns: ColumnNames,
  source: ConstraintSource,
): readonly Constraint[] {
  const kinds = "pufc";
  return rows
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compare(a.name, b.name))
    .flatMap((row) => constraintOf(row, columns, source) ?? []);
}

function constraintOf(
  row: ConstraintRow,
  columns: ColumnNames,
  source: ConstraintSource,
): Constraint | null {
  const base = { name: row.name, ...source.commentOf("pg_constraint", row.id) };
  const notValid = row.validated ? {} : { notValid: true };
  switch (row.kind) {
    case "p":
      return { kind: "primaryKey", ...base, ...keyOf(row, columns, source) };
    case "u":
      return {
        kind: "unique",
        ...base,
        ...keyOf(row, columns, source),
        ...(source.indexes.get(row.index)?.nullsNotDistinct && { nullsNotDistinct: true }),
      };
    case "c":
      return {
        kind: "check",
        ...base,
        expression: { sql: withoutParentheses(row.sql ?? "") },
        ...notValid,
      };
    case "f":
      return {
        kind: "foreignKey",
        ...base,
        columns: named(row.columns ?? [], columns),
        table: source.names.of(...(row.to ?? ["", ""])),
        references: row.toColumns ?? [],
        ...actionOf("onDelete", row.onDelete),
        ...actionOf("onUpdate", row.onUpdate),
        ...deferrableOf(row),
        ...notValid,
      };
    case "x":
      return null;
  }
}

function keyOf(row: ConstraintRow, columns: ColumnNames, { indexes }: ConstraintSource) {
  const index = indexes.get(row.index);
  const include = index ? numbers(index.keys).slice(index.width) : [];
  return {
    columns: named(row.columns ?? [], columns),
    ...(include.length > 0 && { include: named(include, columns) }),
    ...deferrableOf(row),
  };
}

function deferrableOf(row: ConstraintRow): { readonly deferrable?: Deferrable } {
  if (!row.deferrable) return {};
  return { deferrable: row.deferred ? "deferred" : "immediate" };
}

const actions: Readonly<Record<string, ForeignKeyAction>> = {
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

/** NO ACTION, which is what holds when nothing is said, is left out. */
function actionOf<Event extends "onDelete" | "onUpdate">(
  event: Event,
  letter: string,
): { readonly [Name in Event]?: ForeignKeyAction } {
  const action = actions[letter];
  return action === undefined ? {} : ({ [event]: action } as Record<Event, ForeignKeyAction>);
}

/** The names of columns by their numbers. */
export function named(keys: readonly number[], columns: ColumnNames): readonly string[] {
  return keys.map((key) => columns.get(key) ?? "");
}

/** `1 0 3`, the way the catalogue writes lists of numbers. */
export function numbers(text: string): readonly number[] {
  return text.split(" ").map(Number);
}
