/** A map that stays as it is: one with another entry shares all of its shelves but one. */
export type Shelves<Value> = readonly (ReadonlyMap<string, Value> | undefined)[];

/** So many that a shelf of 100,000 names is copied at once, and so few that the row of shelves is. */
const count = 1024;

export const noShelves: Shelves<never> = Array.from({ length: count }, () => undefined);

export function lookUp<Value>(shelves: Shelves<Value>, key: string): Value | undefined {
  return shelves[placeOf(key)]?.get(key);
}

/** `shelves` with `value` for `key`; with nothing for it when that is undefined. */
export function put<Value>(
  shelves: Shelves<Value>,
  key: string,
  value: Value | undefined,
): Shelves<Value> {
  const at = placeOf(key);
  const shelf = new Map(shelves[at]);
  if (value === undefined) shelf.delete(key);
  else shelf.set(key, value);
  return shelves.with(at, shelf);
}

function placeOf(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at += 1) hash = (hash * 31 + key.charCodeAt(at)) | 0;
  return (hash >>> 0) % count;
}
