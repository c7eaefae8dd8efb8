/** The order of a schema: by name, whatever the order of files and exports. */
import { displayName, type ObjectName } from "../model/schema.ts";

/** Sorted by name, by code units, so that it is the same everywhere. */
export function byName<Item extends { readonly name: ObjectName }>(
  items: readonly Item[],
): readonly Item[] {
  if (items.length < 2) return items;
  const named = items.map((item) => ({ item, name: displayName(item.name) }));
  named.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return named.map(({ item }) => item);
}
