/** The enums of a database against those wanted. */
import {
  type Column,
  type Enum,
  type Expression,
  isExpression,
  type ObjectName,
  type Schema,
  type SchemaTable,
} from "../../model/schema.ts";
import { type Planned, planned } from "../phases.ts";
import { additions, isMadeAnew, madeAnew, useOf } from "./enums.ts";
import { keyOf, pair, same, sameName } from "./pair.ts";

export interface EnumsDifference {
  /** Those that are made anew. */
  readonly anew: readonly ObjectName[];
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
  const uses = changed.length > 0 ? usesBetween(current, desired) : () => false;
  const anew = changed.filter(([from, to]) => isMadeAnew(from, to, (value) => uses(to, value)));
  const gone = removed.filter(mayGo);
  return {
    anew: anew.map(([{ name }]) => name),
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

/**
 * Tells of a new value whether something wanted speaks of it already, or rows may hold it: those of a column that becomes one
 * of the enum. What its table says already means another value of the same name.
 */
function usesBetween(current: Schema, desired: Schema): (it: Enum, value: string) => boolean {
  const there = new Set(textsOf(current).map(keyed));
  const texts = textsOf(desired).filter((text) => !there.has(keyed(text)));
  const tables = new Map(current.tables.map((table) => [keyOf(table.name), table]));
  return (it, value) => {
    const said = `'${value.replaceAll("'", "''")}'`;
    if (texts.some(({ sql }) => sql.includes(said))) return true;
    return desired.tables.some(({ name, columns }) => {
      const before = tables.get(keyOf(name));
      return columns.some((column) => needs(column, it, value, before));
    });
  };
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

/** A piece of SQL, and the table or view that it is of. */
interface Text extends Expression {
  readonly of: string;
}

function keyed({ of, sql }: Text): string {
  return `${of}\0${sql}`;
}

function textsOf({ tables, views }: Schema): readonly Text[] {
  return [
    ...views.map(({ name, definition: { sql } }) => ({ of: keyOf(name), sql })),
    ...tables.flatMap((table) =>
      ofTable(table).flatMap((it) => (it ? [{ of: keyOf(table.name), sql: it.sql }] : [])),
    ),
  ];
}

function ofTable(table: SchemaTable): readonly (Expression | undefined)[] {
  return [
    ...table.columns.flatMap(({ generated, default: initial }) => [
      generated?.as,
      isExpression(initial) ? initial : undefined,
    ]),
    ...table.constraints.map((it) => (it.kind === "check" ? it.expression : undefined)),
    ...table.indexes.flatMap(({ where, columns }) => [
      where,
      ...columns.map(({ of }) => (typeof of === "string" ? undefined : of)),
    ]),
    ...table.policies.flatMap(({ using, withCheck }) => [using, withCheck]),
  ];
}
