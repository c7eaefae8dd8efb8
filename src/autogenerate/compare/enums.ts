/** The enums of a database against those wanted. */
import type { ColumnType } from "../../model/column-type.ts";
import {
  type Enum,
  type Expression,
  isExpression,
  type Literal,
  type ObjectName,
  type SchemaTable,
} from "../../model/schema.ts";
import type { EnumOperation, EnumPlace, EnumUse } from "../../operations/kinds/enums.ts";
import { sameName } from "./pair.ts";

/** Whether `desired` takes a type made anew. Values can be added, but are of no use before the transaction ends. */
export function isMadeAnew(
  current: Enum,
  desired: Enum,
  isUsed: (value: string) => boolean,
): boolean {
  const stays = desired.values.filter((value) => current.values.includes(value));
  const onlyAdds =
    current.values.length === stays.length &&
    current.values.every((value, at) => value === stays[at]);
  return !onlyAdds || desired.values.some((it) => !stays.includes(it) && isUsed(it));
}

export function madeAnew(
  { name, values }: Enum,
  tables: readonly SchemaTable[],
): readonly EnumOperation[] {
  return [{ kind: "alterEnum", name, values, columns: uses({ name, values }, tables), map: {} }];
}

/** The values that `desired` has besides. */
export function additions({ values }: Enum, desired: Enum): readonly EnumOperation[] {
  return desired.values.flatMap((value, at) =>
    values.includes(value)
      ? []
      : [
          {
            kind: "addEnumValue",
            name: desired.name,
            value,
            ...placeOf(desired.values, values, at),
            ifNotExists: false,
          } as const,
        ],
  );
}

/** Behind the value before it, which is there by then; before the first that is there, if it is to be the first. */
function placeOf(
  desired: readonly string[],
  there: readonly string[],
  at: number,
): { readonly place?: EnumPlace } {
  const isLast = desired.slice(at).every((value) => !there.includes(value));
  const [before, after] = [desired.find((value) => there.includes(value)), desired[at - 1]];
  if (isLast) return {};
  if (after !== undefined) return { place: { after } };
  return before === undefined ? {} : { place: { before } };
}

/** The columns of this type, without defaults that the new type will not have. */
function uses({ name, values }: Enum, tables: readonly SchemaTable[]): readonly EnumUse[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const use = useOf(column.type);
      if (use === null || !sameName(use.name, name)) return [];
      const initial = column.default;
      const keeps = initial !== undefined && survives(initial, values);
      return [
        {
          table: table.name,
          column: column.name,
          array: use.array,
          ...(keeps && { default: initial }),
        },
      ];
    }),
  );
}

/** The enum that columns of `type` are of. */
export function useOf(type: ColumnType) {
  if (type.kind === "enum") return { name: type.name, array: false };
  if (type.kind === "array" && type.of.kind === "enum") return { name: type.of.name, array: true };
  return null;
}

/** Whether `type` is one of `enums`, or a list of one. */
export function isOf(type: ColumnType, enums: readonly ObjectName[]): boolean {
  const use = useOf(type);
  return use !== null && enums.some((name) => sameName(name, use.name));
}

/** A default that is a value, or a list of some, needs them; of any other the database will judge. */
function survives(initial: Literal | Expression, values: readonly string[]): boolean {
  if (!isExpression(initial)) return typeof initial !== "string" || areAmong(initial, values);
  if (!/^(?:'|ARRAY\[)/i.test(initial.sql)) return true;
  const texts = [...initial.sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = ""]) => text);
  return texts.every((text) => areAmong(text.replaceAll("''", "'"), values));
}

/** `text` is a value, or a list of some: `{new,"in work"}`. */
function areAmong(text: string, values: readonly string[]): boolean {
  if (values.includes(text)) return true;
  const [, list] = /^\{(.*)\}$/s.exec(text) ?? [];
  if (list === undefined) return false;
  const items = list.matchAll(/"((?:[^"\\]|\\.)*)"|[^,{}]+/g);
  return [...items].every(([item, quoted]) =>
    quoted === undefined
      ? values.includes(item) || /^null$/i.test(item)
      : values.includes(quoted.replace(/\\(.)/g, "$1")),
  );
}
