/** How a database spells what is asked about rows. */

import type { ColumnType } from "../../model/column-type.ts";
import type { Enum, Expression, Literal, TableName } from "../../model/schema.ts";
import type { EnumUse } from "../../operations/kinds/enums.ts";

/** A condition; or an expression that fails where a value does not convert, so that nobody knows of how many. */
export type Unfit = { readonly where: string } | { readonly attempt: string };

export interface Spelling {
  readonly quote: (name: string) => string;
  readonly table: (name: TableName) => string;
  readonly value: (value: Literal | Expression) => string;
  /** How to find values of `from` that do not become ones of `to`; null where all do. */
  readonly unfit: (
    column: string,
    from: ColumnType,
    to: ColumnType,
    enums: readonly Enum[],
  ) => Unfit | null;
  /** The condition under which it becomes one that says something else; null where none does. */
  readonly changed: (column: string, from: ColumnType, to: ColumnType) => string | null;
  /** A value of `from` as one of `to`, or NULL where it is none; null where that cannot be said. */
  readonly converted: (column: string, from: ColumnType, to: ColumnType) => string | null;
  /** The condition under which a column of an enum holds `value`; null where there are no enums. */
  readonly holds: (use: EnumUse, value: string) => string | null;
}
