/** The indexes of a table against those wanted. */
import type { Index, IndexColumn, Unique } from "../../model/schema.ts";
import { first, same, sameBut } from "./pair.ts";

export interface IndexChanges {
  readonly added: readonly Index[];
  readonly removed: readonly Index[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

const unchanged: IndexChanges = { added: [], removed: [], renamed: [] };

/** Those for which `again` holds are dropped and made anew, though they stay as they are. */
export function compareIndexes(
  current: readonly Index[],
  desired: readonly Index[],
  again: (index: Index) => boolean,
): IndexChanges {
  if (current === desired && !current.some(again)) return unchanged;
  const isKept = (from: Index, to: Index | undefined) =>
    to !== undefined && isAsItWas(from, to) && !again(from) && !again(to);
  if (current.length === desired.length && current.every((it, at) => isKept(it, desired[at]))) {
    return unchanged;
  }
  const free = new Set(current);
  const open = new Set(desired);
  const pairs: [Index, Index][] = [];
  const take = (fits: (from: Index, to: Index) => boolean) => {
    for (const to of open) {
      const from = first(free, (it) => fits(it, to));
      if (from === undefined) continue;
      free.delete(from);
      open.delete(to);
      pairs.push([from, to]);
    }
  };
  take((from, to) => from.name === to.name);
  take(indexesSame);
  const lasting = pairs.filter(([from, to]) => indexesSame(from, to));
  const stays = new Set(lasting);
  const changed = pairs.filter((it) => !stays.has(it));
  const anew = lasting.filter(([from, to]) => again(from) || again(to));
  return {
    added: [
      ...open,
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

/** What Drizzle cannot say of an index, and its columns. */
const besides = new Set<string>([
  "columns",
  "comment",
  "include",
  "derivedName",
] satisfies readonly (keyof Index)[]);
const unsaid = new Set<string>(["collation"] satisfies readonly (keyof IndexColumn)[]);

/** True for an index that surely stays as it is, name and all. */
function isAsItWas(from: Index, to: Index): boolean {
  return (
    sameBut(from, to, besides) &&
    from.columns.length === to.columns.length &&
    from.columns.every((it, at) => sameBut(it, to.columns[at] ?? {}, unsaid))
  );
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
