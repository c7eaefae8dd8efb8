/** A schema after its enums were made and changed. */
import type { ColumnType } from "../../model/column-type.ts";
import {
  type Column,
  displayName,
  type Enum,
  type ObjectName,
  type Schema,
} from "../../model/schema.ts";
import type { EnumOperation, EnumPlace, EnumUse } from "../kinds/enums.ts";
import type { Operation } from "../operation.ts";
import { type Appliers, findNamed, mismatch, updateTable } from "./applier.ts";
import { findColumn } from "./columns.ts";
import { grantsWithout } from "./grants.ts";
import { added, itemNamed, replaced, without } from "./lists.ts";
import { renamed, sameName } from "./names.ts";
import { mapNames } from "./references.ts";

export const enumAppliers: Appliers<EnumOperation> = {
  createEnum: (schema, operation) => {
    refuseEnum(schema, operation.enum.name, operation);
    return { ...schema, enums: added(schema.enums, operation.enum) };
  },
  dropEnum: (schema, operation) => {
    const { name, ifExists } = operation;
    if (ifExists && !itemNamed(schema.enums, name)) return schema;
    const enums = without(schema.enums, findEnum(schema, name, operation));
    return { ...schema, enums, grants: grantsWithout(schema.grants, { type: name }) };
  },
  renameEnum: (schema, operation) => {
    const { from } = operation;
    const to = renamed(from, operation.to);
    findEnum(schema, from, operation);
    refuseEnum(schema, to, operation);
    return mapNames(schema, { type: (name) => (sameName(name, from) ? to : name) });
  },
  addEnumValue: (schema, operation) => {
    const { name, value, place, ifNotExists } = operation;
    const { values } = findEnum(schema, name, operation);
    if (ifNotExists && values.includes(value)) return schema;
    refuseValue(values, value, operation);
    const at = placeAt(values, place, operation);
    return withValues(schema, name, values.toSpliced(at, 0, value), operation);
  },
  renameEnumValue: (schema, operation) => {
    const { name, from, to } = operation;
    const { values } = findEnum(schema, name, operation);
    indexOf(values, from, operation);
    refuseValue(values, to, operation);
    const swapped = values.map((it) => (it === from ? to : it));
    return defaultsRenamed(withValues(schema, name, swapped, operation), operation);
  },
  alterEnum: (schema, operation) => {
    const { name, values, columns } = operation;
    const changed = withValues(schema, name, values, operation);
    // It is another type of the same name: it keeps its comment, and nobody has privileges for it.
    const grants = grantsWithout(changed.grants, { type: name });
    return columns.reduce((after, use) => defaultSet(after, use, operation), {
      ...changed,
      grants,
    });
  },
};

export function findEnum(schema: Schema, name: ObjectName, operation: Operation): Enum {
  return findNamed(schema.enums, name, operation, `enum "${displayName(name)}"`);
}

function refuseEnum(schema: Schema, name: ObjectName, operation: Operation): void {
  if (!itemNamed(schema.enums, name)) return;
  mismatch(operation, `there is an enum "${displayName(name)}" already`);
}

function withValues(
  schema: Schema,
  name: ObjectName,
  values: readonly string[],
  operation: Operation,
): Schema {
  const changed = findEnum(schema, name, operation);
  return { ...schema, enums: replaced(schema.enums, changed, { ...changed, values }) };
}

function refuseValue(values: readonly string[], value: string, operation: Operation): void {
  if (values.includes(value)) mismatch(operation, `it has a value "${value}" already`);
}

function placeAt(
  values: readonly string[],
  place: EnumPlace | undefined,
  operation: Operation,
): number {
  if (place === undefined) return values.length;
  return "before" in place
    ? indexOf(values, place.before, operation)
    : indexOf(values, place.after, operation) + 1;
}

function indexOf(values: readonly string[], value: string, operation: Operation): number {
  const at = values.indexOf(value);
  return at < 0 ? mismatch(operation, `it has no value "${value}"`) : at;
}

/** PostgreSQL keeps the value itself in a default, and shows its name. */
function defaultsRenamed(
  schema: Schema,
  { name, from, to }: Extract<EnumOperation, { readonly kind: "renameEnumValue" }>,
): Schema {
  const change = (column: Column): Column =>
    isOf(column.type, name) && column.default === from ? { ...column, default: to } : column;
  const tables = schema.tables.map((it) => ({ ...it, columns: it.columns.map(change) }));
  return { ...schema, tables };
}

function isOf(type: ColumnType, name: ObjectName): boolean {
  return type.kind === "enum" && sameName(type.name, name);
}

/** The default has to be set anew: one that the operation does not name is gone. */
function defaultSet(schema: Schema, use: EnumUse, operation: Operation): Schema {
  return updateTable(schema, use.table, operation, (table) => {
    const column = findColumn(table, use.column, operation);
    const { default: _default, ...rest } = column;
    const changed = use.default === undefined ? rest : { ...rest, default: use.default };
    return { ...table, columns: replaced(table.columns, column, changed) };
  });
}
