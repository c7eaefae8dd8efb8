/** Changes of enums. */
import type { Enum, Expression, Literal, ObjectName, TableName } from "../../model/schema.ts";

export type EnumOperation =
  | { readonly kind: "createEnum"; readonly enum: Enum }
  | { readonly kind: "dropEnum"; readonly name: ObjectName; readonly ifExists: boolean }
  | { readonly kind: "renameEnum"; readonly from: ObjectName; readonly to: string }
  | {
      readonly kind: "addEnumValue";
      readonly name: ObjectName;
      readonly value: string;
      /** Last when absent. */
      readonly place?: EnumPlace;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: "renameEnumValue";
      readonly name: ObjectName;
      readonly from: string;
      readonly to: string;
    }
  /** Make the type anew with other values; its columns come along. */
  | {
      readonly kind: "alterEnum";
      readonly name: ObjectName;
      readonly values: readonly string[];
      readonly columns: readonly EnumUse[];
      /** What becomes of rows that hold a value which goes: its successor. */
      readonly map: Readonly<Record<string, string>>;
    };

export type EnumPlace = { readonly before: string } | { readonly after: string };

/** A column of the enum, and its default, which has to be set anew. */
export interface EnumUse {
  readonly table: TableName;
  readonly column: string;
  readonly array: boolean;
  readonly default?: Literal | Expression;
}
