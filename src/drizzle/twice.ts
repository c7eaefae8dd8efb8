/** Names that can be given only once. */
import { fail } from "../errors.ts";
import { displayName, type ObjectName, type SchemaTable } from "../model/schema.ts";
import { type Place, placeOf } from "./place.ts";

/** A name that something of the schema takes. */
export interface Claim {
  /** What it is, for people. */
  readonly what: string;
  readonly name: ObjectName;
  readonly place: Place;
}

/** A table that was read, and where. */
export interface PlacedTable {
  readonly table: SchemaTable;
  readonly place: Place;
}

/** Throw SCHEMA_TWICE if two of them are alike in `keyOf`. */
export function refuseTwice(
  claims: readonly Claim[],
  keyOf: (name: string) => string = (name) => name,
): void {
  if (areDistinct(claims, keyOf)) return;
  const taken = new Map<string, Claim>();
  for (const claim of claims) {
    const name = displayName(claim.name);
    const key = keyOf(name);
    const first = taken.get(key);
    if (first !== undefined) {
      const places = [first.place, claim.place].map(placeOf);
      fail("SCHEMA_TWICE", { what: claim.what, name, places });
    }
    taken.set(key, claim);
  }
}

/** The same within a table: columns, and constraints. */
export function refuseTwiceInside(
  { table, place }: PlacedTable,
  keyOf?: (name: string) => string,
): void {
  const refuse = (what: string, named: readonly { readonly name: string }[]) => {
    if (areDistinct(named, keyOf)) return;
    const claims = named.map(({ name }) => ({ what, name, place }));
    refuseTwice(claims, keyOf);
  };
  refuse("column", table.columns);
  refuse("constraint", table.constraints);
}

/** As almost all are, which needs no place of any. */
function areDistinct(
  named: readonly { readonly name: ObjectName }[],
  keyOf: (name: string) => string = (name) => name,
): boolean {
  const keys = named.map(({ name }) => keyOf(displayName(name)));
  // A table has few of either, which takes less time than a set of them.
  if (keys.length < 20) return keys.every((key, at) => keys.indexOf(key) === at);
  return new Set(keys).size === keys.length;
}
