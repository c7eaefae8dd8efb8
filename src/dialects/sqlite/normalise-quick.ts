/** The quick look at tables, as SQLite has them. */
import type { ColumnType } from "../../model/column-type.ts";
import { type Column, isExpression, type SchemaTable } from "../../model/schema.ts";
import { isAsItIs, saysOnly } from "../as-it-is.ts";
import { sameDefault, sameText } from "./normalise-text.ts";
import { typeFrom } from "./type-from.ts";
import { typeText } from "./types.ts";
import { valueText } from "./write.ts";

/** True for a table that is surely what is `wanted`, as the schema says it. */
export function isSurely(now: SchemaTable, wanted: SchemaTable): boolean {
  return isAsItIs(now, wanted, {
    sameColumn,
    sameCheck: (a, b) => sameText(a, b, String(now.name)),
    tableName: (name) => name,
    partName: (name) => name,
  });
}

const members = new Set<string>([
  "name",
  "type",
  "notNull",
  "default",
  "autoIncrement",
] satisfies readonly (keyof Column)[]);

/** Whether a column of the key says NOT NULL does not count. */
function sameColumn(now: Column, wanted: Column, inKey: boolean): boolean {
  return (
    now.name === wanted.name &&
    now.type === asRead(wanted.type) &&
    (inKey || Boolean(now.notNull) === Boolean(wanted.notNull)) &&
    Boolean(now.autoIncrement) === Boolean(wanted.autoIncrement) &&
    isDefault(now.default, wanted.default) &&
    isPlain(now) &&
    saysOnly(wanted, members)
  );
}

/** Tables share what they have in common, and so are seldom new. */
function isPlain(now: Column): boolean {
  const known = plain.get(now) ?? saysOnly(now, members);
  plain.set(now, known);
  return known;
}

const plain = new WeakMap<Column, boolean>();

/** As a database that has the type would be read; the columns of a schema share a few of them. */
function asRead(type: ColumnType): ColumnType {
  const known = read.get(type) ?? typeFrom(typeText(type));
  read.set(type, known);
  return known;
}

const read = new WeakMap<ColumnType, ColumnType>();

function isDefault(now: Column["default"], wanted: Column["default"]): boolean {
  if (wanted === undefined || wanted === null) return now === undefined;
  return isExpression(now) && sameDefault(valueText(wanted), now.sql);
}
