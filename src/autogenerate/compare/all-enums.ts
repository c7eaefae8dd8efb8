/** The enums of a database against those wanted. */
import type { ColumnType } from "../../model/column-type.ts";
import {
  type Column,
  type Enum,
  type Expression,
  isExpression,
  type Schema,
  type SchemaTable,
} from "../../model/schema.ts";
import { type Planned, planned } from "../phases.ts";
import { additions, isMadeAnew, madeAnew, useOf } from "./enums.ts";
import { keyOf, pair, same, sameName } from "./pair.ts";

export interface EnumsDifference {
  /** Whether a type is an enum that is made anew, or a list of such. */
  readonly isNew: (type: ColumnType) => boolean;
  /** `tables` are those that have columns of an enum while it is made anew. */
  plan(tables: readonly SchemaTable[]): readonly Planned[];
}

export function compareEnums(
  current: Schema,
  desired: Schema,
  mayGo: (it: Enum) => boolean,
): EnumsDifference {
  const { added, removed, kept } = pair(current.enums, desired.enums, ({ name }) => keyOf(name));
  const changed = kept.filter(([from, to]) => !same(from.values, to.values));
  const anew = changed.filter(([from, to]) =>
    isMadeAnew(from, to, (value) => isUsed(to, value, current, desired)),
  );
  const gone = removed.filter(mayGo);
  return {
    isNew(type) {
      const use = useOf(type);
      return use !== null && anew.some(([{ name }]) => sameName(name, use.name));
    },
    plan: (tables) => [
      ...planned(
        "create enums",
        added.map((it) => ({ kind: "createEnum", enum: it }) as const),
      ),
      ...changed.flatMap((it) => {
        const [from, to] = it;
        return planned(
          "alter enums",
          anew.includes(it) ? madeAnew(to, tables) : additions(from, to),
        );
      }),
      ...planned(
        "drop types",
        gone.map(({ name }) => ({ kind: "dropEnum", name, ifExists: false }) as const),
      ),
    ],
  };
}

/** Whether something wanted speaks of the value already, or rows may hold it: those of a column that becomes one of the enum. */
function isUsed(it: Enum, value: string, current: Schema, desired: Schema): boolean {
  const said = `'${value.replaceAll("'", "''")}'`;
  const says = (text: Expression | undefined) => text?.sql.includes(said) ?? false;
  if (desired.views.some(({ definition }) => says(definition))) return true;
  return desired.tables.some((table) => {
    const before = current.tables.find(({ name }) => sameName(name, table.name));
    return (
      table.columns.some((column) => needs(column, it, value, before) || says(defaultOf(column))) ||
      expressionsOf(table).some(says)
    );
  });
}

function needs(column: Column, it: Enum, value: string, before: SchemaTable | undefined): boolean {
  const use = useOf(column.type);
  if (use === null || !sameName(use.name, it.name)) return false;
  const was = before?.columns.find(({ name }) => name === column.name);
  const isConverted = was !== undefined && !same(was.type, column.type);
  return isConverted || (!isExpression(column.default) && mentionsValue(column.default, value));
}

/** A literal is the value, or a list of some as `{a,b}`. */
function mentionsValue(literal: Column["default"], value: string): boolean {
  return typeof literal === "string" && literal.includes(value);
}

function defaultOf({ default: initial }: Column): Expression | undefined {
  return isExpression(initial) ? initial : undefined;
}

function expressionsOf(table: SchemaTable): readonly (Expression | undefined)[] {
  return [
    ...table.columns.map(({ generated }) => generated?.as),
    ...table.constraints.map((it) => (it.kind === "check" ? it.expression : undefined)),
    ...table.indexes.flatMap(({ where, columns }) => [
      where,
      ...columns.map(({ of }) => (typeof of === "string" ? undefined : of)),
    ]),
    ...table.policies.flatMap(({ using, withCheck }) => [using, withCheck]),
  ];
}
