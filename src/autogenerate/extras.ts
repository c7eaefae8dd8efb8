/** Whether a database holds more than is wanted, told by names alone: what may be a cheap no saves a whole comparison. */
import type { Rules } from "../model/rules.ts";
import type { ObjectName, Schema, SchemaTable } from "../model/schema.ts";
import { keyOf } from "./compare/pair.ts";

/** False when a comparison will surely not ask what this history made; true when it may. */
export function mayHaveExtras(current: Schema, desired: Schema, rules: Rules): boolean {
  const lists = ["namespaces", "enums", "sequences", "tables", "views"] as const;
  return (
    lists.some((list) => hasMore(current[list], desired[list])) ||
    haveMoreIndexes(current.tables, desired.tables, rules)
  );
}

interface Named {
  readonly name: ObjectName;
}

function hasMore(current: readonly Named[], desired: readonly Named[]): boolean {
  const wanted = new Set(desired.map(({ name }) => keyOf(name)));
  return current.some(({ name }) => !wanted.has(keyOf(name)));
}

/** Where a unique index may stand for a constraint, that one has a namesake says nothing. */
function haveMoreIndexes(
  current: readonly SchemaTable[],
  desired: readonly SchemaTable[],
  { uniqueIndexIsConstraint }: Rules,
): boolean {
  const tables = new Map(desired.map((table) => [keyOf(table.name), table]));
  return current.some((table) => {
    const { name, indexes } = table;
    const other = tables.get(keyOf(name));
    if (other === table) return false;
    const wanted = other?.indexes ?? [];
    const certain = wanted.filter(({ unique }) => !(unique && uniqueIndexIsConstraint));
    return hasMore(indexes, certain);
  });
}
