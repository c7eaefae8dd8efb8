/** SQLite: a unique constraint and a unique index on the same columns are the same thing. */
import type { Constraint, Index, SchemaTable, Unique } from "../../model/schema.ts";
import { guardsSame, indexesSame } from "./indexes.ts";

/** Unique constraints of one side that are unique indexes of the other, left out of both. */
export function withoutTwins(
  current: SchemaTable,
  desired: SchemaTable,
): [SchemaTable, SchemaTable] {
  if (current === desired) return [current, desired];
  const [one, other] = [twins(current, desired), twins(desired, current)];
  const gone = new Set<Constraint | Index>([...one, ...other].flat());
  if (gone.size === 0) return [current, desired];
  const without = (table: SchemaTable): SchemaTable => ({
    ...table,
    constraints: table.constraints.filter((it) => !gone.has(it)),
    indexes: table.indexes.filter((it) => !gone.has(it)),
  });
  return [without(current), without(desired)];
}

function twins(
  constrained: SchemaTable,
  indexed: SchemaTable,
): readonly (readonly [Unique, Index])[] {
  // An index that both sides have is no twin, nor one whose name another index is to have.
  const isShared = (index: Index) =>
    constrained.indexes.some((it) => it.name === index.name || indexesSame(it, index));
  const free = new Set(indexed.indexes.filter((it) => it.unique && !isShared(it)));
  if (free.size === 0) return [];
  return constrained.constraints.flatMap((constraint) => {
    if (constraint.kind !== "unique" || hasUnique(indexed, constraint)) return [];
    const index = [...free].find((it) => guardsSame(it, constraint));
    if (index === undefined) return [];
    free.delete(index);
    return [[constraint, index] as const];
  });
}

function hasUnique({ constraints }: SchemaTable, { columns }: Unique): boolean {
  return constraints.some(
    (it) => it.kind === "unique" && it.columns.join("\0") === columns.join("\0"),
  );
}
