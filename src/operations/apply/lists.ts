/**
 * Lists of things with names. What is known of the names of a list goes along to the one that a change makes of it: a draft
 * for thousands of tables is applied one operation at a time, and none of them is to look at all tables.
 */
import type { ObjectName } from "../../model/schema.ts";
import { localName, renamed, schemaOf } from "./names.ts";
import { lookUp, noShelves, put, type Shelves } from "./shelves.ts";

interface Named {
  readonly name: ObjectName;
  readonly indexes?: readonly { readonly name: string }[];
}

/** The items that bear a name, and those that have an index of a name: one each, in what a database can hold. */
interface Names {
  readonly items: Shelves<readonly Named[]>;
  readonly indexes: Shelves<readonly Named[]>;
}

const noNames: Names = { items: noShelves, indexes: noShelves };

const known = new WeakMap<readonly Named[], Names>();

/** The item of `list` that bears `name`. */
export function itemNamed<Item extends Named>(
  list: readonly Item[],
  name: ObjectName,
): Item | undefined {
  return lookUp(namesOf(list).items, keyOf(name))?.[0] as Item | undefined;
}

/** Whether an item of `list` bears `name`, or has an index that does. */
export function isTakenIn(list: readonly Named[], name: ObjectName): boolean {
  const { items, indexes } = namesOf(list);
  const key = keyOf(name);
  return lookUp(items, key) !== undefined || lookUp(indexes, key) !== undefined;
}

export function added<Item extends Named>(list: readonly Item[], item: Item): readonly Item[] {
  return knowing([...list, item], list, (names) => withItem(names, item));
}

/** `list` with `by` where `item` is. */
export function replaced<Item extends Named>(
  list: readonly Item[],
  item: Item,
  by: Item,
): readonly Item[] {
  const after = list.with(list.indexOf(item), by);
  return knowing(after, list, (names) => withItem(withoutItem(names, item), by));
}

export function without<Item extends Named>(list: readonly Item[], item: Item): readonly Item[] {
  const after = list.toSpliced(list.indexOf(item), 1);
  return knowing(after, list, (names) => withoutItem(names, item));
}

/** `list` with what `change` makes of its items: most of them stay themselves. */
export function mapped<Item extends Named>(
  list: readonly Item[],
  change: (item: Item) => Item,
): readonly Item[] {
  return list.reduce((so, item) => {
    const by = change(item);
    return by === item ? so : replaced(so, item, by);
  }, list);
}

/** An index lives in the schema of its table. */
export function indexName(table: { readonly name: ObjectName }, name: string): ObjectName {
  return renamed(table.name, name);
}

function namesOf(list: readonly Named[]): Names {
  const names = known.get(list) ?? list.reduce(withItem, noNames);
  known.set(list, names);
  return names;
}

/** `after`, which `change` tells the names of where those of `before` are known. */
function knowing<Item extends Named>(
  after: readonly Item[],
  before: readonly Item[],
  change: (names: Names) => Names,
): readonly Item[] {
  const names = known.get(before);
  if (names !== undefined) known.set(after, change(names));
  return after;
}

function withItem(names: Names, item: Named): Names {
  return changed(names, item, (there) => [...there, item]);
}

function withoutItem(names: Names, item: Named): Names {
  return changed(names, item, (there) => there.filter((it) => it !== item));
}

type Change = (there: readonly Named[]) => readonly Named[];

function changed({ items, indexes }: Names, item: Named, change: Change): Names {
  const { name, indexes: own = [] } = item;
  return {
    items: changedAt(items, name, change),
    indexes: own.reduce((so, it) => changedAt(so, indexName(item, it.name), change), indexes),
  };
}

function changedAt(
  shelves: Shelves<readonly Named[]>,
  name: ObjectName,
  change: Change,
): Shelves<readonly Named[]> {
  const key = keyOf(name);
  const there = change(lookUp(shelves, key) ?? []);
  return put(shelves, key, there.length === 0 ? undefined : there);
}

/** No name holds NUL. */
function keyOf(name: ObjectName): string {
  const schema = schemaOf(name);
  return schema === undefined ? localName(name) : `${schema}\0${localName(name)}`;
}
