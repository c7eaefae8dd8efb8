/** How constraints are written in a revision: `unique("users_email_unique", ["email"])`. */
import type { Check, ForeignKey, PrimaryKey, TableName, Unique } from "../model/schema.ts";
import type { SqlInput } from "./columns.ts";

/** A check as it is written in a revision, before it is recorded for one database. */
export interface CheckInput extends Omit<Check, "expression"> {
  readonly expression: SqlInput;
}

export type ConstraintInput = PrimaryKey | Unique | ForeignKey | CheckInput;

export type PrimaryKeyOptions = Omit<PrimaryKey, "kind" | "name" | "columns">;
export type UniqueOptions = Omit<Unique, "kind" | "name" | "columns">;
export type ForeignKeyOptions = Omit<
  ForeignKey,
  "kind" | "name" | "columns" | "table" | "references"
>;
export type CheckOptions = Omit<Check, "kind" | "name" | "expression">;

export function primaryKey(
  name: string,
  columns: readonly string[],
  options: PrimaryKeyOptions = {},
): PrimaryKey {
  return { kind: "primaryKey", name, columns, ...options };
}

export function unique(
  name: string,
  columns: readonly string[],
  options: UniqueOptions = {},
): Unique {
  return { kind: "unique", name, columns, ...options };
}

/** `columns` of this table refer to `references` of `table`. */
export function foreignKey(
  name: string,
  columns: readonly string[],
  table: TableName,
  references: readonly string[],
  options: ForeignKeyOptions = {},
): ForeignKey {
  return { kind: "foreignKey", name, columns, table, references, ...options };
}

/** Every row has to satisfy `expression`; say it for each database where the SQL differs. */
export function check(name: string, expression: SqlInput, options: CheckOptions = {}): CheckInput {
  return { kind: "check", name, expression, ...options };
}
