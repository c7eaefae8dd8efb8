/** The calls that make and change enums: types of PostgreSQL. On SQLite their columns are text. */
import type { ObjectName, TableName } from "../../model/schema.ts";
import type { DefaultInput } from "../columns.ts";
import type { EnumPlace, EnumUse } from "../kinds/enums.ts";
import { checkName, checkObject, given, invalid, only } from "../resolve/names.ts";
import type { Values } from "../resolve/values.ts";
import type { Recorder } from "./recorder.ts";

export interface EnumValueOptions {
  /** The value that it stands before; it comes last when neither is given. */
  readonly before?: string;
  readonly after?: string;
  readonly ifNotExists?: boolean;
}

/** A column of the enum; say its default, which has to be set anew with the new type. */
export interface EnumColumn {
  readonly table: TableName;
  readonly column: string;
  readonly array?: boolean;
  readonly default?: DefaultInput;
}

export interface AlterEnumOptions {
  /** Every column of this type. */
  readonly columns: readonly EnumColumn[];
  /** What becomes of rows that hold a value which goes: `{ happy: "content" }`. */
  readonly map?: Readonly<Record<string, string>>;
}

export interface EnumCalls {
  createEnum(name: ObjectName, values: readonly string[], options?: { comment?: string }): void;
  dropEnum(name: ObjectName, options?: { readonly ifExists?: boolean }): void;
  renameEnum(from: ObjectName, to: string): void;
  addEnumValue(name: ObjectName, value: string, options?: EnumValueOptions): void;
  renameEnumValue(name: ObjectName, from: string, to: string): void;
  /** Other values for an enum, which PostgreSQL has no command for: the type is made anew and its columns carried over. */
  alterEnum(name: ObjectName, values: readonly string[], options: AlterEnumOptions): void;
}

export function enumCalls({ add, values }: Recorder): EnumCalls {
  const type = (name: ObjectName) => checkObject(name, "enum");
  return {
    createEnum: (name, labels, options = {}) => {
      only(options, ["comment"], "createEnum");
      const made = { name: type(name), values: checkValues(labels, "createEnum") };
      add({ kind: "createEnum", enum: { ...made, ...given(options) } });
    },
    dropEnum: (name, options = {}) => {
      only(options, ["ifExists"], "dropEnum");
      add({ kind: "dropEnum", name: type(name), ifExists: options.ifExists ?? false });
    },
    renameEnum: (from, to) =>
      add({ kind: "renameEnum", from: type(from), to: checkName(to, "enum") }),
    addEnumValue: (name, value, options = {}) => {
      only(options, ["before", "after", "ifNotExists"], "addEnumValue");
      const place = placeOf(options);
      add({
        kind: "addEnumValue",
        name: type(name),
        value: checkValue(value, "addEnumValue"),
        ...given({ place }),
        ifNotExists: options.ifNotExists ?? false,
      });
    },
    renameEnumValue: (name, from, to) => {
      const operation = "renameEnumValue";
      const change = { from: checkValue(from, operation), to: checkValue(to, operation) };
      add({ kind: "renameEnumValue", name: type(name), ...change });
    },
    alterEnum: (name, labels, options) => {
      only(options, ["columns", "map"], "alterEnum");
      add({
        kind: "alterEnum",
        name: type(name),
        values: checkValues(labels, "alterEnum"),
        columns: options.columns.map((column) => use(column, values)),
        map: checkMap(options.map ?? {}, labels),
      });
    },
  };
}

function use({ table, column, array = false, ...rest }: EnumColumn, values: Values): EnumUse {
  only(rest, ["default"], "alterEnum");
  const initial =
    rest.default === undefined ? null : values.value(rest.default, `the default of ${column}`);
  return {
    table: checkObject(table, "table"),
    column: checkName(column, "column"),
    array,
    ...(initial !== null && { default: initial }),
  };
}

function placeOf({ before, after }: EnumValueOptions): EnumPlace | undefined {
  if (before !== undefined && after !== undefined) {
    invalid("addEnumValue", "the value is both before and after");
  }
  if (before !== undefined) return { before };
  return after === undefined ? undefined : { after };
}

/** A type without values is allowed: drafts make one and fill it. */
function checkValues(values: readonly string[], operation: string): readonly string[] {
  if (!Array.isArray(values)) return invalid(operation, "its values are no list");
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) invalid(operation, `the value ${JSON.stringify(twice)} is there twice`);
  return values.map((value) => checkValue(value, operation));
}

function checkValue(value: unknown, operation: string): string {
  if (typeof value === "string" && !value.includes("\0")) return value;
  return invalid(operation, `${String(value)} cannot be a value`);
}

function checkMap(map: Readonly<Record<string, string>>, values: readonly string[]) {
  const lost = Object.values(map).find((value) => !values.includes(value));
  if (lost !== undefined)
    invalid("alterEnum", `map leads to ${JSON.stringify(lost)}, which is none of the values`);
  return map;
}
