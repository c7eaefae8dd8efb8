/** The places of a wanted schema where a text stands that the server may spell otherwise. */
import type { ColumnType } from "../../model/column-type.ts";
import type { IndexColumn, SchemaTable, TableName } from "../../model/schema.ts";

/** A wanted text, or several that belong together, and the texts that the database has in its place. */
export interface Slot {
  /** The same in each pass over the schema. */
  readonly key: string;
  /** For messages. */
  readonly object: string;
  readonly asks: Asks;
  readonly parts: readonly string[];
  readonly candidates: readonly (readonly string[])[];
}

/** What kind of text it is: how to have the server spell it. */
export type Asks =
  | { readonly kind: "default"; readonly table: SchemaTable; readonly column: string }
  | {
      readonly kind: "generated";
      readonly table: SchemaTable;
      readonly type: ColumnType;
      readonly stored: boolean;
    }
  | { readonly kind: "check"; readonly table: SchemaTable }
  | { readonly kind: "type"; readonly table: SchemaTable }
  /** The expressions among `columns` are the first parts, the predicate is the last. */
  | {
      readonly kind: "index";
      readonly table: SchemaTable;
      readonly columns: readonly IndexColumn[];
      readonly method: string;
    }
  | { readonly kind: "policy"; readonly table: SchemaTable }
  | { readonly kind: "view"; readonly columns: readonly string[] };

/** The candidate that says the same as the wanted text, or null: it is another. */
export type Verdict = (slot: Slot) => readonly string[] | null;

/** The table that a slot is about: as it is now, for what means the same must make sense there. */
export function tableOf({ asks }: Slot): SchemaTable | null {
  return asks.kind === "view" ? null : asks.table;
}

/** The name of a table without its schema. */
export function plainName(name: TableName): string {
  return typeof name === "string" ? name : name.name;
}
