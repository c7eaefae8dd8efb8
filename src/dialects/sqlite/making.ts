/** What a draft of a table consists of, while change after change is made to it. */
import { fail } from "../../errors.ts";
import type { Column, Expression, ForeignKey, PrimaryKey, Unique } from "../../model/schema.ts";
import type { Subject } from "./arrange.ts";
import type { Catalogue } from "./catalogue.ts";
import { Unreadable } from "./ddl/cursor.ts";
import { parseTable } from "./ddl/parse.ts";
import type { ColumnText, TableText } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";

/** Something that every row has to satisfy before the table may have its new text. */
export type Need = {
  /** Which change asks for it. */
  readonly change?: number;
} & NeedKind;

type NeedKind =
  | { readonly kind: "value"; readonly column: string }
  | { readonly kind: "noRows"; readonly column: string }
  | { readonly kind: "type"; readonly column: string; readonly type: string }
  | { readonly kind: "unique"; readonly constraint: Unique | PrimaryKey }
  | { readonly kind: "parent"; readonly constraint: ForeignKey }
  | { readonly kind: "check"; readonly name: string; readonly sql: string };

/** Where the value of a column comes from, when it is not simply kept. */
export type Source =
  | { readonly kind: "added"; readonly column: Column; readonly backfill?: Expression }
  | { readonly kind: "using"; readonly sql: string };

/** A table as it is to be, as far as the changes have been made. */
export interface Draft {
  readonly table: TableText;
  readonly sources: ReadonlyMap<string, Source>;
  readonly needs: readonly Need[];
  /** Unique indexes that were dropped by the name of the constraint that they stand for. */
  readonly indexes: readonly string[];
  /** The name of the primary key, where a change wrote it with its column. */
  readonly keyInColumn?: string;
}

/** What a draft is made for: `catalogue` holds the indexes that stand for constraints. */
export interface Making extends Subject {
  readonly catalogue: Catalogue;
  /** The primary key that the batch gives the table, if it does. */
  readonly key: PrimaryKey | null;
}

/** `so` with another text, read anew: every edit is of a text that is understood. */
export function rewrite(making: Making, so: Draft, sql: string): Draft {
  const table = parseTable(sql);
  if (table instanceof Unreadable) {
    return fail("OPERATION_INVALID", {
      operation: making.operation,
      why: `the table's definition could not be read afterwards, ${table.message}`,
    });
  }
  return { ...so, table };
}

/** `so`, asking more of the rows. */
export function need(so: Draft, ...needs: readonly Need[]): Draft {
  return { ...so, needs: [...so.needs, ...needs] };
}

/** The column of `table` named `name`; COLUMN_MISSING when there is none. */
export function findColumn(making: Making, table: TableText, name: string): ColumnText {
  const column = table.columns.find((it) => sameName(it.name, name));
  return (
    column ??
    fail("COLUMN_MISSING", { table: making.table, column: name, operation: making.operation })
  );
}
