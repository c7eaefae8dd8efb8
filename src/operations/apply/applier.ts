/** What the appliers of all operations have in common. */
import { fail } from "../../errors.ts";
import { displayName, type ObjectName, type Schema, type SchemaTable } from "../../model/schema.ts";
import { describe } from "../describe.ts";
import type { Operation } from "../operation.ts";
import { isTakenIn, itemNamed, replaced } from "./lists.ts";

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
  const found = itemNamed(schema.tables, name);
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

/** The item that `is` picks, or an error that says what there is none of. */
export function find<Item>(
  list: readonly Item[],
  is: (item: Item) => boolean,
  operation: Operation,
  what: string,
): Item {
  return list.find(is) ?? missing(operation, what);
}

/** The item that bears `name` in a list of a schema, which may be a long one. */
export function findNamed<Item extends { readonly name: ObjectName }>(
  list: readonly Item[],
  name: ObjectName,
  operation: Operation,
  what: string,
): Item {
  return itemNamed(list, name) ?? missing(operation, what);
}

export function missing(operation: Operation, what: string): never {
  return mismatch(operation, `there is no ${what}`);
}

/** Tables, views, sequences and indexes share their names within a schema. */
export function hasRelation(schema: Schema, name: ObjectName): boolean {
  return [schema.tables, schema.views, schema.sequences].some((list) => isTakenIn(list, name));
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
