/** Enums, put back as they were. */
import type { ColumnType } from "../../model/column-type.ts";
import { type Column, displayName, type ObjectName, type TableName } from "../../model/schema.ts";
import { findTable } from "../apply/applier.ts";
import { findColumn } from "../apply/columns.ts";
import { findEnum } from "../apply/enums.ts";
import { localName, renamed, sameName } from "../apply/names.ts";
import type { EnumOperation, EnumUse } from "../kinds/enums.ts";
import { grantsAgain } from "./grants.ts";
import { by, type Reversers } from "./reversal.ts";

type AlterEnum = Extract<EnumOperation, { readonly kind: "alterEnum" }>;

export const enumReversers: Reversers<EnumOperation> = {
  createEnum: (it) => by([{ kind: "dropEnum", name: it.enum.name, ifExists: false }]),
  dropEnum: (operation, before) =>
    by([
      { kind: "createEnum", enum: findEnum(before, operation.name, operation) },
      ...grantsAgain(before, { type: operation.name }),
    ]),
  renameEnum: ({ from, to }) =>
    by([{ kind: "renameEnum", from: renamed(from, to), to: localName(from) }]),
  // A value cannot be taken out of a type; so the type is made anew without it.
  addEnumValue: (operation, before) => {
    const { name } = operation;
    const { values } = findEnum(before, name, operation);
    const columns = before.tables.flatMap((it) => usesIn(it.name, it.columns, name));
    return by([
      { kind: "alterEnum", name, values, columns, map: {} },
      ...grantsAgain(before, { type: name }),
    ]);
  },
  renameEnumValue: ({ name, from, to }) =>
    by([{ kind: "renameEnumValue", name, from: to, to: from }]),
  alterEnum: (operation, before) => {
    const { name } = operation;
    const { values } = findEnum(before, name, operation);
    const columns = operation.columns.map((use) => {
      const column = findColumn(findTable(before, use.table, operation), use.column, operation);
      return useOf(use.table, column, use.array);
    });
    const map = inverse(operation, values);
    const merged = Object.keys(operation.map).filter((it) => !Object.values(map).includes(it));
    const loses = merged.map((it) => `which rows held the value ${it} of ${displayName(name)}`);
    const again = { kind: "alterEnum", name, values, columns, map } as const;
    return by([again, ...grantsAgain(before, { type: name })], loses);
  },
};

/** The columns that are of the enum `name`. */
function usesIn(
  table: TableName,
  columns: readonly Column[],
  name: ObjectName,
): readonly EnumUse[] {
  const isOf = (type: ColumnType) => type.kind === "enum" && sameName(type.name, name);
  return columns.flatMap((column) => {
    const { type } = column;
    if (type.kind === "array") return isOf(type.of) ? [useOf(table, column, true)] : [];
    return isOf(type) ? [useOf(table, column, false)] : [];
  });
}

function useOf(table: TableName, column: Column, array: boolean): EnumUse {
  const { name, default: initial } = column;
  return { table, column: name, array, ...(initial !== undefined && { default: initial }) };
}

/** Where a new value stands for one old value and nothing else, its rows get the old one back. */
function inverse({ map }: AlterEnum, old: readonly string[]): Readonly<Record<string, string>> {
  const entries = Object.entries(map);
  const single = entries.filter(
    ([, to]) => !old.includes(to) && entries.filter(([, it]) => it === to).length === 1,
  );
  return Object.fromEntries(single.map(([from, to]) => [to, from]));
}
