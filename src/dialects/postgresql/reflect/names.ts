/** What things are called in a Schema, and which are left out. */
import type { ObjectName } from "../../../model/schema.ts";
import { logName } from "../../bookkeeping.ts";
import { excluder } from "../../exclude.ts";
import type { ReflectScope } from "../../reflection.ts";

export interface Names {
  /** The name of something in `schema`: a plain one in the default schema. */
  readonly of: (schema: string, name: string) => ObjectName;
  readonly leavesOut: (schema: string, name: string) => boolean;
}

export function namesFor(scope: ReflectScope, defaultSchema: string): Names {
  const excluded = excluder(scope.exclude ?? []);
  const { name, schema = defaultSchema } = scope.versionTable;
  const own = new Set([name, logName(name)]);
  return {
    of: (place, it) => (place === defaultSchema ? it : { schema: place, name: it }),
    leavesOut: (place, it) => (place === schema && own.has(it)) || excluded(place, it),
  };
}

/** Sorts by name, and what is in the default schema first: the same in every run and on every machine. */
export function byName(a: { readonly name: ObjectName }, b: { readonly name: ObjectName }): number {
  return compare(sortKey(a.name), sortKey(b.name));
}

function sortKey(name: ObjectName): string {
  return typeof name === "string" ? ` ${name}` : `${name.schema}\0${name.name}`;
}

export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The rows of each table, by the table's number. */
export function grouped<Row extends { readonly table: number | null }>(
  rows: readonly Row[],
): ReadonlyMap<number | null, readonly Row[]> {
  const groups = new Map<number | null, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.table);
    if (group) group.push(row);
    else groups.set(row.table, [row]);
  }
  return groups;
}
