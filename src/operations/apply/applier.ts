/** What the appliers of all operations have in common. */
import { fail } from "../../errors.ts";
import { displayName, type ObjectName, type Schema, type SchemaTable } from "../../model/schema.ts";
import { describe } from "../describe.ts";
import type { Operation } from "../operation.ts";
import { named, sameName, schemaOf } from "./names.ts";

/** A function for each kind of operation, so that the compiler names the kind that is missing. */
export type Appliers<Applied extends Operation> = {
  readonly [Kind in Applied["kind"]]: (
    schema: Schema,
    operation: Extract<Applied, { readonly kind: Kind }>,
  ) => Schema;
};

export function mismatch(operation: Operation, why: string): never {
  return fail("SCHEMA_MISMATCH", { operation: describe(operation), why });
}

/** The table `name`, or an error. */
export function findTable(schema: Schema, name: ObjectName, operation: Operation): SchemaTable {
  const found = schema.tables.find(named(name));
  if (found !== undefined) return found;
  return fail("TABLE_MISSING", { table: displayName(name), operation: describe(operation) });
}

export function updateTable(
  schema: Schema,
  name: ObjectName,
  operation: Operation,
  change: (table: SchemaTable) => SchemaTable,
): Schema {
  const table = findTable(schema, name, operation);
  return { ...schema, tables: replaced(schema.tables, table, change(table)) };
}

/** `list` with `by` where `item` is. */
export function replaced<Item>(list: readonly Item[], item: Item, by: Item): readonly Item[] {
  return list.map((it) => (it === item ? by : it));
}

export function without<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return list.filter((it) => it !== item);
}

/** The item that `is` picks, or an error that says what there is none of. */
export function find<Item>(
  list: readonly Item[],
  is: (item: Item) => boolean,
  operation: Operation,
  what: string,
): Item {
  return list.find(is) ?? mismatch(operation, `there is no ${what}`);
}

/** Tables, views, sequences and indexes share their names within a schema. */
export function hasRelation(schema: Schema, name: ObjectName): boolean {
  const is = named(name);
  return (
    schema.tables.some(is) ||
    schema.views.some(is) ||
    schema.sequences.some(is) ||
    schema.tables.some((it) => hasIndexOf(it, name)) ||
    schema.views.some((it) => hasIndexOf(it, name))
  );
}

function hasIndexOf(
  it: { readonly name: ObjectName; readonly indexes?: readonly { readonly name: string }[] },
  name: ObjectName,
): boolean {
  return it.indexes?.some((index) => sameName(indexName(it, index.name), name)) ?? false;
}

/** An index lives in the schema of its table. */
export function indexName(table: { readonly name: ObjectName }, name: string): ObjectName {
  const schema = schemaOf(table.name);
  return schema === undefined ? name : { schema, name };
}

export function refuseTaken(schema: Schema, name: ObjectName, operation: Operation): void {
  if (hasRelation(schema, name)) mismatch(operation, `there is a "${displayName(name)}" already`);
}

/** `item` without those of `members` that say the same as when they are left out. A default of false is one. */
export function plain<Item extends object>(item: Item, members: readonly (keyof Item)[]): Item {
  const idle = (name: string, value: unknown) =>
    (members as readonly string[]).includes(name) &&
    (value === null || (value === false && name !== "default"));
  const entries = Object.entries(item).filter(
    ([name, value]) => value !== undefined && !idle(name, value),
  );
  return Object.fromEntries(entries) as Item;
}
