/** A schema in one order, whatever the order in which it was read: the same differences make the same draft. */
import type { Constraint, ObjectName, Schema, SchemaTable } from "../model/schema.ts";
import { keyOf } from "./compare/pair.ts";

/** Columns stay in their order, which the database has, too. */
export function inOneOrder(schema: Schema): Schema {
  return {
    ...schema,
    namespaces: byName(schema.namespaces),
    roles: byName(schema.roles),
    enums: byName(schema.enums),
    sequences: byName(schema.sequences),
    tables: byName(schema.tables).map(tableInOrder),
    views: byName(schema.views),
  };
}

/** A table that is in both schemas as one object stays one: then it is known to be the same. */
function tableInOrder(table: SchemaTable): SchemaTable {
  const found = ordered.get(table) ?? partsInOrder(table);
  ordered.set(table, found);
  return found;
}

const ordered = new WeakMap<SchemaTable, SchemaTable>();

function partsInOrder(table: SchemaTable): SchemaTable {
  const constraints = constraintsInOrder(table.constraints);
  const [indexes, policies] = [byName(table.indexes), byName(table.policies)];
  const isInOrder =
    constraints === table.constraints && indexes === table.indexes && policies === table.policies;
  return isInOrder ? table : { ...table, constraints, indexes, policies };
}

export function constraintsInOrder(constraints: readonly Constraint[]): readonly Constraint[] {
  return sorted(constraints, place);
}

const kinds: readonly Constraint["kind"][] = ["primaryKey", "unique", "foreignKey", "check"];

function place({ kind, name }: Constraint): string {
  return `${kinds.indexOf(kind)} ${name}`;
}

function byName<Thing extends { readonly name: ObjectName }>(
  things: readonly Thing[],
): readonly Thing[] {
  return sorted(things, ({ name }) => keyOf(name));
}

/** Most lists are in order: both sides were sorted when they were read. */
function sorted<Thing>(things: readonly Thing[], key: (thing: Thing) => string): readonly Thing[] {
  if (things.length < 2) return things;
  const keyed = things.map((thing) => ({ thing, key: key(thing) }));
  const inOrder = keyed.every((it, at) => at === 0 || (keyed[at - 1]?.key ?? "") <= it.key);
  if (inOrder) return things;
  keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return keyed.map(({ thing }) => thing);
}
