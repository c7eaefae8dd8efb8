/** Views against those wanted, and those that stand in the way of other changes: they go away and come back. */
import type { Index } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import { defaultSchema, localName, schemaOf } from "../../operations/apply/names.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Planned, planned } from "../phases.ts";
import { sorted } from "../topology.ts";
import { areAmong, pathOf, pathsOf, wordsOf } from "./mentions.ts";
import { keyOf, same } from "./pair.ts";
import { createIndex } from "./plan-table.ts";

export interface ViewsDifference {
  readonly plan: readonly Planned[];
  /** Those that go, for good or for a moment. */
  readonly dropped: readonly View[];
}

export function compareViews(
  current: readonly View[],
  desired: readonly View[],
  isInTheWay: (view: View) => boolean,
): ViewsDifference {
  const wanted = new Map(desired.map((view) => [keyOf(view.name), view]));
  const first = current.filter(
    (view) => mustGo(view, wanted.get(keyOf(view.name))) || isInTheWay(view),
  );
  const read = readers(first.length > 0 ? current : []);
  const gone = withReaders(first, read);
  const stay = new Set(current.filter((view) => !gone.has(view)).map(({ name }) => keyOf(name)));
  const before = new Map(current.map((view) => [keyOf(view.name), view]));
  const made = desired
    .filter(({ name }) => !stay.has(keyOf(name)))
    .map((view) => carry(before.get(keyOf(view.name)), view));
  return {
    plan: [
      ...planned("drop views", sorted([...gone], read).map(dropView)),
      ...planned("create views", sorted(made, sources(made)).flatMap(createView)),
    ],
    dropped: [...gone],
  };
}

/** Whether a view is unwanted, or wanted otherwise. */
function mustGo(view: View, to: View | undefined): boolean {
  return to === undefined || !same(essence(view), essence(to));
}

/** `first`, and all that read one of these. */
function withReaders(first: readonly View[], readersOf: Links): ReadonlySet<View> {
  const gone = new Set(first);
  // A set is walked with what is added to it on the way.
  for (const view of gone) for (const reader of readersOf(view)) gone.add(reader);
  return gone;
}

/** What Drizzle can say of a view. */
function essence({ definition, materialized, with: parameters, using, tablespace }: View) {
  return { definition, materialized, parameters: parameters ?? {}, using, tablespace };
}

type Links = (view: View) => readonly View[];

/**
 * By a view those that it may read. A name alone means one of the default schema, or where that has none, one of a schema of the
 * search path.
 */
function sources(views: readonly View[]): Links {
  const plain = new Set(views.map(({ name }) => (typeof name === "string" ? name : null)));
  const called = new Map<string, View[]>();
  for (const view of views) {
    const { name } = view;
    const local = localName(name).toLowerCase();
    const isAlone = typeof name === "string" || !plain.has(name.name);
    const path = pathOf(schemaOf(name) ?? defaultSchema, local);
    for (const it of isAlone ? [path, local] : [path])
      called.set(it, [...(called.get(it) ?? []), view]);
  }
  const place = new Map(views.map((view, at) => [view, at]));
  const inOrder = (one: View, other: View) => (place.get(one) ?? 0) - (place.get(other) ?? 0);
  return (view) => {
    const read = [...pathsOf(view.definition.sql)].flatMap((path) => called.get(path) ?? []);
    return [...new Set(read)].filter((it) => it !== view).sort(inOrder);
  };
}

/** By a view those that may read it. */
function readers(views: readonly View[]): Links {
  const read = sources(views);
  const links = new Map<View, View[]>(views.map((view) => [view, []]));
  for (const view of views) for (const it of read(view)) links.get(it)?.push(view);
  return (view) => links.get(view) ?? [];
}

/** `to`, with what Drizzle cannot say of `from`. */
function carry(from: View | undefined, to: View): View {
  if (from === undefined) return to;
  const { comment } = from;
  const indexes = to.materialized ? lastingIndexes(from, to) : [];
  return {
    ...(comment !== undefined && { comment }),
    ...to,
    ...(indexes.length > 0 && { indexes }),
  };
}

/** The indexes of `from`, but for those on what `to` may no longer have. */
function lastingIndexes({ indexes = [], ...from }: View, to: View): readonly Index[] {
  if (same(essence(from), essence(to))) return indexes;
  const words = wordsOf(to.definition.sql);
  return indexes.filter(({ columns, include = [] }) =>
    [...columns.map(({ of }) => of), ...include].every(
      (of) => typeof of === "string" && areAmong(words, [of]),
    ),
  );
}

function dropView({ name, materialized }: View): Operation {
  return { kind: "dropView", name, materialized, ifExists: false };
}

function createView({ indexes = [], ...view }: View): readonly Operation[] {
  return [
    { kind: "createView", view, orReplace: false },
    ...indexes.map((index) => createIndex(view.name, index)),
  ];
}
