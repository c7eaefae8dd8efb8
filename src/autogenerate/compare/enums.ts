/** The enums of a database against those wanted. */
import type { Column, Enum, Expression, Literal, SchemaTable } from "../../model/schema.ts";
import { isExpression } from "../../model/schema.ts";
import type { EnumOperation, EnumPlace, EnumUse } from "../../operations/kinds/enums.ts";
import { sameName } from "./pair.ts";

/** From the values of `current` to those of `desired`: by adding some, or else by making the type anew. */
export function compareEnum(
  current: Enum,
  desired: Enum,
  tables: readonly SchemaTable[],
): readonly EnumOperation[] {
  const stays = desired.values.filter((value) => current.values.includes(value));
  const only = current.values.length === stays.length;
  if (only && current.values.every((value, at) => value === stays[at])) {
    return additions(current, desired);
  }
  const { name, values } = desired;
  return [{ kind: "alterEnum", name, values, columns: uses(desired, tables), map: {} }];
}

function additions({ values }: Enum, desired: Enum): readonly EnumOperation[] {
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

/** The columns of this type as they are, without defaults that the new type will not have. */
function uses({ name, values }: Enum, tables: readonly SchemaTable[]): readonly EnumUse[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const use = useOf(column);
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

function useOf({ type }: Column) {
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
