/** Views that ask what they asked before something got another name. */
import { emptySchema } from "../../model/empty-schema.ts";
import type { ObjectName, Schema } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import { localName, renamed } from "../../operations/apply/names.ts";
import type { Operation } from "../../operations/operation.ts";
import { keyOf, same } from "../compare/pair.ts";
import { respelled } from "./respell.ts";
import type { Settled } from "./settle.ts";

/**
 * `wanted`, with the texts of the renamed schema for views that are the same. A server that has the old names only is asked in
 * those: it would take no view in the new ones.
 */
export async function withFormerViews(
  wanted: Schema,
  current: Schema,
  { operations, current: after }: Settled,
  desiredFor: (current: Schema, desired: Schema) => Promise<Schema>,
): Promise<Schema> {
  const [now, before] = [byName(after.views), byName(current.views)];
  const isOpen = (view: View) => {
    const it = now.get(keyOf(view.name));
    return it !== undefined && !same(it.definition, view.definition);
  };
  const views = wanted.views.filter(isOpen);
  if (views.length === 0) return wanted;
  const backwards = operations.toReversed().flatMap(undone);
  const asked = backwards.reduce(respelled, { ...emptySchema, views });
  const answered = byName((await desiredFor(current, asked)).views);
  const isAsBefore = ({ name }: View) =>
    same(answered.get(keyOf(name))?.definition, before.get(keyOf(name))?.definition);
  return {
    ...wanted,
    views: wanted.views.map((view) => {
      const it = now.get(keyOf(view.name));
      return it && isOpen(view) && isAsBefore(view) ? { ...view, definition: it.definition } : view;
    }),
  };
}

function byName<Thing extends { readonly name: ObjectName }>(things: readonly Thing[]) {
  return new Map(things.map((it) => [keyOf(it.name), it]));
}

/** The rename the other way round, of tables and columns; the others are not told from the text of a view. */
function undone(operation: Operation): readonly Operation[] {
  if (operation.kind === "renameTable") {
    const { from, to } = operation;
    return [{ kind: "renameTable", from: renamed(from, to), to: localName(from) }];
  }
  if (operation.kind !== "alterTable") return [];
  const changes = operation.changes.flatMap((it) =>
    it.kind === "renameColumn" ? [{ ...it, from: it.to, to: it.from }] : [],
  );
  return [{ ...operation, changes }];
}
