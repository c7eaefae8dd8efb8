/** How constraints are written in a revision: `unique("users_email_unique", ["email"])`. */
import type {
  ForeignKey,
  ForeignKeyAction,
  PrimaryKey,
  TableName,
  Unique,
} from "../model/schema.ts";
import type { PerDialect } from "./columns.ts";
import type { SqlLike } from "./sql.ts";

/** A check as it is written in a revision, before it is recorded for one database. */
export interface CheckInput {
  readonly kind: "check";
  readonly name: string;
  readonly expression: SqlLike | string | PerDialect<SqlLike | string>;
}

export type ConstraintInput = PrimaryKey | Unique | ForeignKey | CheckInput;

export interface ForeignKeyOptions {
  readonly onDelete?: ForeignKeyAction;
  readonly onUpdate?: ForeignKeyAction;
}

/** No option is known yet; one that is given is refused when it is recorded, and not lost. */
type NoOptions = Readonly<Record<string, never>>;

export function primaryKey(
  name: string,
  columns: readonly string[],
  options: NoOptions = {},
): PrimaryKey {
  return { kind: "primaryKey", name, columns, ...options };
}

export function unique(name: string, columns: readonly string[], options: NoOptions = {}): Unique {
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
export function check(name: string, expression: CheckInput["expression"]): CheckInput {
  return { kind: "check", name, expression };
}
