/** What a comparison has to know of a database, so that it need not ask which one it has. */
import type { ColumnType } from "./column-type.ts";
import type { Expression, Literal } from "./schema.ts";

export interface Rules {
  /** A unique index and a unique constraint on the same columns are the same thing. */
  readonly uniqueIndexIsConstraint: boolean;
  /** A foreign key may name a table that is not there yet, and all changes of a table are best made at once. */
  readonly tablesChangeWhole: boolean;
  /** Foreign keys go before all other changes, and come after them. */
  readonly keysApart: boolean;
  /** A new type takes the default along only where it is said again. */
  readonly typeForgetsDefault: boolean;
  /** A view has to go away while a column that it reads changes its type or is dropped. */
  readonly viewsHoldColumns: boolean;
  /** How rows get from one type to another where the database does not do so by itself; null where it does. */
  using(column: string, from: ColumnType, to: ColumnType): Expression | null;
  /** How `type` is written here. */
  spell(type: ColumnType): string;
  /** How a default is written here. */
  write(value: Literal | Expression): string;
  /** Whether a column of this type numbers its rows by itself where it is all of the primary key. */
  numbersRows(type: ColumnType): boolean;
  /** The kinds of operations that change nothing here. */
  readonly needless: ReadonlySet<string>;
}
