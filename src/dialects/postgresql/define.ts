/** Columns and constraints, as CREATE TABLE and ALTER TABLE write them. */
import {
  type Column,
  type Constraint,
  type Expression,
  type ForeignKey,
  type Generated,
  isExpression,
  type Literal,
  type TableName,
} from "../../model/schema.ts";
import { withoutParentheses, wordsOf } from "./expression.ts";
import { identityText } from "./identity.ts";
import { typeText } from "./types.ts";
import { columnList, qualified, quote, table, value, words } from "./write.ts";

/** A column of `on`, as CREATE TABLE and ADD COLUMN write it. */
export function columnText(on: TableName, column: Column): string {
  return words(
    quote(column.name),
    typeText(column.type),
    column.collation && `COLLATE ${qualified(column.collation)}`,
    column.identity && identityText(on, column.identity),
    column.generated && generatedText(column.generated),
    column.default !== undefined && `DEFAULT ${defaultText(column.default)}`,
    column.notNull && "NOT NULL",
  );
}

/** Operators that stand in a default of CREATE TABLE in parentheses only: it takes what the grammar calls a `b_expr`. */
const loose =
  /^(?:and|or|not|at|is|isnull|notnull|in|like|ilike|similar|between|collate|overlaps)$/i;

function defaultText(initial: Literal | Expression): string {
  const text = value(initial);
  const isLoose = isExpression(initial) && wordsOf(text).some((it) => loose.test(it.text));
  return isLoose && withoutParentheses(text) === text ? `(${text})` : text;
}

function generatedText({ as, stored }: Generated): string {
  return `GENERATED ALWAYS AS (${as.sql}) ${stored ? "STORED" : "VIRTUAL"}`;
}

/** A constraint, as CREATE TABLE and ADD write it. */
export function constraintText(constraint: Constraint): string {
  return words(`CONSTRAINT ${quote(constraint.name)}`, ruleText(constraint), timeText(constraint));
}

function ruleText(constraint: Constraint): string {
  switch (constraint.kind) {
    case "primaryKey":
      return words(
        `PRIMARY KEY (${columnList(constraint.columns)})`,
        includeText(constraint.include),
      );
    case "unique":
      return words(
        "UNIQUE",
        constraint.nullsNotDistinct && "NULLS NOT DISTINCT",
        `(${columnList(constraint.columns)})`,
        includeText(constraint.include),
      );
    case "check":
      return `CHECK (${constraint.expression.sql})`;
    case "foreignKey":
      return referenceText(constraint);
  }
}

function referenceText({
  columns,
  table: other,
  references,
  onDelete,
  onUpdate,
}: ForeignKey): string {
  return words(
    `FOREIGN KEY (${columnList(columns)})`,
    `REFERENCES ${table(other)} (${columnList(references)})`,
    onDelete && `ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate && `ON UPDATE ${onUpdate.toUpperCase()}`,
  );
}

/** Columns that an index holds besides those that it is ordered by. */
export function includeText(columns: readonly string[] | undefined): string | undefined {
  return columns && `INCLUDE (${columnList(columns)})`;
}

/** When the rule is checked: with each statement or at the end, and of which rows. */
function timeText(constraint: Constraint): string {
  const deferrable = "deferrable" in constraint ? constraint.deferrable : undefined;
  return words(
    deferrable && `DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`,
    "notValid" in constraint && constraint.notValid && "NOT VALID",
  );
}
