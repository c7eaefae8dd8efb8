/** The `op` that upgrade() and downgrade() receive. */

import type { ColumnType } from "../model/column-type.ts";
import type { DialectName, Literal, TableName } from "../model/schema.ts";
import type { ColumnInput, DefaultInput, PerDialect } from "./columns.ts";
import type { ConstraintInput } from "./constraints.ts";
import type { SqlLike } from "./sql.ts";
import type { WorkDatabase } from "./work.ts";

/** What to change of a column. What is left out stays as it is. */
export interface ColumnChanges {
  readonly type?: ColumnType;
  readonly notNull?: boolean;
  /** null drops the default. */
  readonly default?: DefaultInput;
  /** The new value in terms of the old row, with a new type or without: sql`coalesce(name, '')`. */
  readonly using?: SqlLike | string | PerDialect<SqlLike | string>;
}

export interface IndexOptions {
  readonly unique?: boolean;
  readonly where?: SqlLike | string | PerDialect<SqlLike | string>;
  /** Build it without blocking writers (PostgreSQL; the revision says `transaction = false`). */
  readonly concurrently?: boolean;
  readonly ifNotExists?: boolean;
}

/** The calls that `op` and a batch share; only `op` names the table. */
export interface TableOp<Where extends readonly TableName[]> {
  addColumn(...args: [...table: Where, column: ColumnInput]): void;
  dropColumn(...args: [...table: Where, name: string]): void;
  renameColumn(...args: [...table: Where, from: string, to: string]): void;
  alterColumn(...args: [...table: Where, name: string, to: ColumnChanges]): void;
  addConstraint(...args: [...table: Where, constraint: ConstraintInput]): void;
  dropConstraint(...args: [...table: Where, name: string]): void;
}

/** The changes of one table, carried out together. */
export type BatchOp = TableOp<[]>;

/** Records what a revision does. Nothing runs until the whole script is recorded. */
export interface Op extends TableOp<[table: TableName]> {
  /** The database that the script is recorded for. Prefer per-dialect values, or `on`. */
  readonly dialect: DialectName;
  /** What `-x key=value` said. */
  readonly args: Readonly<Record<string, string>>;

  createTable(
    name: TableName,
    columns: readonly ColumnInput[],
    constraints?: readonly ConstraintInput[],
    options?: { readonly ifNotExists?: boolean },
  ): void;
  dropTable(name: TableName, options?: { readonly ifExists?: boolean }): void;
  renameTable(from: TableName, to: string): void;

  createIndex(
    name: string,
    table: TableName,
    columns: readonly (string | SqlLike)[],
    options?: IndexOptions,
  ): void;
  dropIndex(
    name: string,
    table: TableName,
    options?: { readonly concurrently?: boolean; readonly ifExists?: boolean },
  ): void;

  insert(table: TableName, rows: readonly Readonly<Record<string, Literal | SqlLike>>[]): void;
  /** SQL as it is; for each database where it differs, null where there is nothing to do. */
  execute(sql: SqlLike | string | PerDialect<SqlLike | string>): void;
  /** Work in TypeScript, run when its turn comes, in the revision's transaction. */
  run(what: string, work: (db: WorkDatabase) => Promise<void> | void): void;

  /** Record only for one database. */
  on(dialect: DialectName, script: (op: Op) => void): void;
  /** Several changes of one table at once: a single rebuild on SQLite. */
  batchAlterTable(table: TableName, changes: (batch: BatchOp) => void): void;
}
