/**
 * One change to a schema, or one piece of SQL or work between changes. `op` records them and `diff` drafts them; they are
 * compiled, reversed, rendered, described and linted. Everything in them is resolved for one dialect.
 */
import type { ColumnType } from "../model/column-type.ts";
import type {
  Column,
  Constraint,
  Expression,
  Index,
  Literal,
  Table,
  TableName,
} from "../model/schema.ts";
import type { WorkDatabase } from "./work.ts";

export type Operation =
  | { readonly kind: "createTable"; readonly table: Table; readonly options: TableOptions }
  | { readonly kind: "dropTable"; readonly table: TableName; readonly ifExists: boolean }
  | { readonly kind: "renameTable"; readonly from: TableName; readonly to: string }
  | {
      readonly kind: "alterTable";
      readonly table: TableName;
      readonly changes: readonly TableChange[];
    }
  | {
      readonly kind: "createIndex";
      readonly table: TableName;
      readonly index: Index;
      readonly concurrently: boolean;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: "dropIndex";
      readonly table: TableName;
      readonly name: string;
      readonly concurrently: boolean;
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "insert";
      readonly table: TableName;
      readonly rows: readonly Readonly<Record<string, Literal | Expression>>[];
    }
  | { readonly kind: "execute"; readonly sql: string }
  | {
      readonly kind: "run";
      readonly what: string;
      readonly work: (db: WorkDatabase) => Promise<void> | void;
    };

/** One change of a table. Changes recorded together are carried out together: one rebuild on SQLite. */
export type TableChange =
  | { readonly kind: "addColumn"; readonly column: Column }
  | { readonly kind: "dropColumn"; readonly name: string }
  | { readonly kind: "renameColumn"; readonly from: string; readonly to: string }
  | { readonly kind: "alterColumn"; readonly name: string; readonly to: ColumnAlteration }
  | { readonly kind: "addConstraint"; readonly constraint: Constraint }
  | { readonly kind: "dropConstraint"; readonly name: string };

/** What changes of a column; what is left out stays. `default: null` drops the default. */
export interface ColumnAlteration {
  readonly type?: ColumnType;
  readonly notNull?: boolean;
  readonly default?: Literal | Expression;
  /** The new value in terms of the old row, where the database cannot convert by itself. */
  readonly using?: Expression;
}

export interface TableOptions {
  readonly ifNotExists: boolean;
}

/** An operation and the call that recorded it. Its stack is formatted only when something fails. */
export interface Recorded {
  readonly operation: Operation;
  readonly site: Error | SourceLine;
}

/** A place in a file that is not run, such as a .sql revision. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}
