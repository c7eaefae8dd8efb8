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

function tableInOrder(table: SchemaTable): SchemaTable {
  return {
    ...table,
    constraints: sorted(table.constraints, place),
    indexes: byName(table.indexes),
    policies: byName(table.policies),
  };
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
  const keys = new Map(things.map((it) => [it, key(it)]));
  const before = (one: Thing, other: Thing) => {
    const [a, b] = [keys.get(one) ?? "", keys.get(other) ?? ""];
    return a < b ? -1 : Number(a > b);
  };
  const inOrder = things.every((it, at) => {
    const last = things[at - 1];
    return last === undefined || before(last, it) <= 0;
  });
  return inOrder ? things : things.toSorted(before);
}
