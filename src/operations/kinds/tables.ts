/** Changes of tables. */
import type { ColumnType } from "../../model/column-type.ts";
import type {
  Column,
  Constraint,
  Expression,
  Generated,
  Literal,
  ObjectName,
  Table,
  TableName,
} from "../../model/schema.ts";
import type { Identity } from "../../model/sequence.ts";

export type TableOperation =
  | { readonly kind: "createTable"; readonly table: Table; readonly options: TableOptions }
  | { readonly kind: "dropTable"; readonly table: TableName; readonly ifExists: boolean }
  | { readonly kind: "renameTable"; readonly from: TableName; readonly to: string }
  /** Into another schema. */
  | { readonly kind: "moveTable"; readonly table: TableName; readonly to: string }
  | AlterTable;

export interface TableOptions {
  readonly ifNotExists: boolean;
}

export interface AlterTable {
  readonly kind: "alterTable";
  readonly table: TableName;
  readonly changes: readonly TableChange[];
  /** SQLite: whether the table is made anew. `auto` when absent: only where ALTER TABLE does not do. */
  readonly recreate?: Recreate;
  /** SQLite, in a script: the statements that made the table, where the history does not hold them. */
  readonly copyFrom?: string;
}

export type Recreate = "auto" | "always" | "never";

/** One change of a table. Changes recorded together are carried out together: one rebuild on SQLite. */
export type TableChange =
  | AddColumn
  | { readonly kind: "dropColumn"; readonly name: string }
  | { readonly kind: "renameColumn"; readonly from: string; readonly to: string }
  | { readonly kind: "alterColumn"; readonly name: string; readonly to: ColumnAlteration }
  | { readonly kind: "addConstraint"; readonly constraint: Constraint }
  | { readonly kind: "dropConstraint"; readonly name: string }
  | { readonly kind: "renameConstraint"; readonly from: string; readonly to: string }
  /** Check the rows that were there when the constraint was added. */
  | { readonly kind: "validateConstraint"; readonly name: string };

export interface AddColumn {
  readonly kind: "addColumn";
  readonly column: Column;
  /** Its value in rows that exist, in terms of their other columns. */
  readonly backfill?: Expression;
  /** Where it stands among the columns; last when absent. SQLite only: PostgreSQL's columns have no order to choose. */
  readonly place?: ColumnPlace;
}

export type ColumnPlace = { readonly before: string } | { readonly after: string };

/** What changes of a column; what is left out stays, and null takes away. */
export interface ColumnAlteration {
  readonly type?: ColumnType;
  readonly notNull?: boolean;
  readonly default?: Literal | Expression;
  readonly identity?: Identity | null;
  readonly autoIncrement?: boolean;
  readonly generated?: Generated | null;
  readonly collation?: ObjectName | null;
  readonly comment?: string | null;
  /** The new value in terms of the old row, where the database cannot convert by itself. */
  readonly using?: Expression;
  /** The new value of the rows that have none: those where the column is NULL. */
  readonly backfill?: Expression;
}
