/** The enums of a database against those wanted. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Enum, Expression, Literal, SchemaTable } from "../../model/schema.ts";
import { isExpression } from "../../model/schema.ts";
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

/** A default that names one value needs that value; of any other the database will judge. */
function survives(initial: Literal | Expression, values: readonly string[]): boolean {
  const named = isExpression(initial) ? /^'((?:[^']|'')*)'/.exec(initial.sql)?.[1] : initial;
  if (typeof named !== "string" || named.startsWith("{")) return true;
  return values.includes(named.replaceAll("''", "'"));
}
