/** The indexes of a table against those wanted. */
import type { Index, Unique } from "../../model/schema.ts";
import { same } from "./pair.ts";

export interface IndexChanges {
  readonly added: readonly Index[];
  readonly removed: readonly Index[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/** Those for which `again` holds are dropped and made anew, though they stay as they are. */
export function compareIndexes(
  current: readonly Index[],
  desired: readonly Index[],
  again: (index: Index) => boolean,
): IndexChanges {
  const free = new Set(current);
  const pairs: [Index, Index][] = [];
  const take = (fits: (from: Index, to: Index) => boolean) => {
    for (const to of desired) {
      if (pairs.some(([, taken]) => taken === to)) continue;
      const from = [...free].find((it) => fits(it, to));
      if (from === undefined) continue;
      free.delete(from);
      pairs.push([from, to]);
    }
  };
  take((from, to) => from.name === to.name);
  take(indexesSame);
  const changed = pairs.filter(([from, to]) => !indexesSame(from, to));
  const lasting = pairs.filter(([from, to]) => indexesSame(from, to));
  const anew = lasting.filter(([from, to]) => again(from) || again(to));
  const paired = new Set(pairs.map(([, to]) => to));
  return {
    added: [
      ...desired.filter((it) => !paired.has(it)),
      ...changed.map(([from, to]) => carry(from, to)),
      ...anew.map(([from, to]) => carry(from, to.derivedName ? { ...to, name: from.name } : to)),
    ],
    removed: [...free, ...[...changed, ...anew].map(([from]) => from)],
    renamed: lasting
      .filter((it) => !anew.includes(it))
      .filter(([from, to]) => !to.derivedName && from.name !== to.name)
      .map(([from, to]) => ({ from: from.name, to: to.name })),
  };
}

/** Whether both index the same, as far as Drizzle can say. */
export function indexesSame(from: Index, to: Index): boolean {
  return same(essence(from), essence(to));
}

function essence({ columns, unique, where, method, nullsNotDistinct, with: parameters }: Index) {
  return {
    columns: columns.map(({ collation: _collation, ...column }) => column),
    unique: Boolean(unique),
    where,
    method: method ?? "btree",
    nullsNotDistinct: Boolean(nullsNotDistinct),
    parameters: parameters ?? {},
  };
}

/** `to`, with what Drizzle cannot say of `from`. */
function carry({ include, comment }: Index, to: Index): Index {
  return {
    ...(include !== undefined && { include }),
    ...(comment !== undefined && { comment }),
    ...to,
  };
}

/** Whether `index` allows just the rows that `constraint` allows. */
export function guardsSame(index: Index, constraint: Unique): boolean {
  if (!index.unique || index.where !== undefined) return false;
  if (
    !index.columns.every(({ of, collation }) => typeof of === "string" && collation === undefined)
  ) {
    return false;
  }
  return same(
    index.columns.map(({ of }) => of),
    constraint.columns,
  );
}
