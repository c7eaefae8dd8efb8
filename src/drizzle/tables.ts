/** Tables, as far as both databases have them. */
import type { Column, Constraint, SchemaTable } from "../model/schema.ts";
import { readColumn } from "./columns.ts";
import { refuseUnknownEntries } from "./entries.ts";
import { readForeignKeys } from "./foreign-keys.ts";
import { readChecks, readPrimaryKey, readUniques } from "./keys.ts";
import { byName } from "./order.ts";
import type { DrizzleThing, Kind, TableConfig } from "./orm.ts";
import { type Declared, inside } from "./place.ts";
import type { Reading, TableSource } from "./reading.ts";

/** What Drizzle tells about a table. It is asked once: asking runs the functions of the schema. */
export function askTable<Config extends TableConfig>(
  place: Declared<DrizzleThing>,
  ask: (table: DrizzleThing) => Config,
  reading: Reading,
  further: readonly Kind<object>[] = [],
): TableSource<Config> {
  return inside(place, "its indexes and constraints cannot be read", () => {
    refuseUnknownEntries(place.value, reading.drizzle, further);
    return { place, config: ask(place.value) };
  });
}

export function readColumns(source: TableSource, reading: Reading): readonly Column[] {
  let at = 0;
  const { columns } = source.config;
  return inside(
    source.place,
    () => `column ${columns[at]?.name}`,
    () =>
      columns.map((column, index) => {
        at = index;
        return readColumn(column, reading);
      }),
  );
}

/** By kind, and by name within a kind. */
export function readConstraints(source: TableSource, reading: Reading): readonly Constraint[] {
  return inside(source.place, "its constraints cannot be read", () => {
    const key = readPrimaryKey(source, reading);
    return [
      ...(key ? [key] : []),
      ...byName(readUniques(source, reading)),
      ...byName(readForeignKeys(source, reading)),
      ...byName(readChecks(source, reading)),
    ];
  });
}

/** Tables without what only PostgreSQL has. */
export const unprotected: Pick<SchemaTable, "policies" | "rowSecurity"> = {
  policies: [],
  rowSecurity: { enabled: false, forced: false },
};
