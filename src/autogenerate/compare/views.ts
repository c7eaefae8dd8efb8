/** Views against those wanted, and those that stand in the way of other changes: they go away and come back. */
import type { ObjectName } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Planned, planned } from "../phases.ts";
import { sorted } from "../topology.ts";
import { mentions } from "./mentions.ts";
import { keyOf, same } from "./pair.ts";
import { readsOne, type Touched } from "./touched.ts";

export function compareViews(
  current: readonly View[],
  desired: readonly View[],
  touched: readonly Touched[],
): readonly Planned[] {
  const wanted = new Map(desired.map((view) => [keyOf(view.name), view]));
  const gone = dropped(current, wanted, touched);
  const stay = new Set(current.filter((view) => !gone.has(view)).map(({ name }) => keyOf(name)));
  const before = new Map(current.map((view) => [keyOf(view.name), view]));
  const made = desired
    .filter(({ name }) => !stay.has(keyOf(name)))
    .map((view) => carry(before.get(keyOf(view.name)), view));
  return [
    ...planned("drop views", sorted([...gone], readers(current)).map(dropView)),
    ...planned("create views", sorted(made, sources(made)).map(createView)),
  ];
}

/** The views that go: unwanted or changed ones, those in the way, and all that read one of these. */
function dropped(
  current: readonly View[],
  wanted: ReadonlyMap<string, View>,
  touched: readonly Touched[],
): ReadonlySet<View> {
  const gone = new Set(
    current.filter((view) => {
      const to = wanted.get(keyOf(view.name));
      return (
        to === undefined ||
        !same(essence(view), essence(to)) ||
        readsOne(view.definition.sql, touched)
      );
    }),
  );
  const readersOf = readers(current);
  // A set is walked with what is added to it on the way.
  for (const view of gone) for (const reader of readersOf(view)) gone.add(reader);
  return gone;
}

/** What Drizzle can say of a view. */
function essence({ definition, materialized, with: parameters, using, tablespace }: View) {
  return { definition, materialized, parameters: parameters ?? {}, using, tablespace };
}

function readers(views: readonly View[]) {
  return (view: View): readonly View[] =>
    views.filter((it) => it !== view && mentions(it.definition.sql, [lastName(view.name)]));
}

function sources(views: readonly View[]) {
  return (view: View): readonly View[] =>
    views.filter((it) => it !== view && mentions(view.definition.sql, [lastName(it.name)]));
}

function lastName(name: ObjectName): string {
  return typeof name === "string" ? name : name.name;
}

function carry(from: View | undefined, to: View): View {
  return from?.comment === undefined ? to : { comment: from.comment, ...to };
}

function dropView({ name, materialized }: View): Operation {
  return { kind: "dropView", name, materialized, ifExists: false };
}

function createView(view: View): Operation {
  return { kind: "createView", view, orReplace: false };
}
