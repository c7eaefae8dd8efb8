/** Columns and constraints, as CREATE TABLE and ALTER TABLE write them. */
import type { Column, Constraint } from "../../model/schema.ts";
import { typeText } from "./types.ts";
import { columnList, quote, table, value } from "./write.ts";

/** A column, as CREATE TABLE and ADD COLUMN write it. */
export function columnText(column: Column): string {
  return words(
    quote(column.name),
    typeText(column.type),
    column.identity &&
      `GENERATED ${column.identity === "always" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`,
    column.default !== undefined && `DEFAULT ${value(column.default)}`,
    column.notNull && "NOT NULL",
  );
}

/** A constraint, as CREATE TABLE and ADD write it. */
export function constraintText(constraint: Constraint): string {
  const named = `CONSTRAINT ${quote(constraint.name)}`;
  switch (constraint.kind) {
    case "primaryKey":
      return `${named} PRIMARY KEY (${columnList(constraint.columns)})`;
    case "unique":
      return `${named} UNIQUE (${columnList(constraint.columns)})`;
    case "check":
      return `${named} CHECK (${constraint.expression.sql})`;
    case "foreignKey":
      return words(
        `${named} FOREIGN KEY (${columnList(constraint.columns)})`,
        `REFERENCES ${table(constraint.table)} (${columnList(constraint.references)})`,
        constraint.onDelete && `ON DELETE ${constraint.onDelete.toUpperCase()}`,
        constraint.onUpdate && `ON UPDATE ${constraint.onUpdate.toUpperCase()}`,
      );
  }
}

/** The parts that are there, in one line. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
