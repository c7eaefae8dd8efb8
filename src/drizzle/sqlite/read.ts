/** The exports of a schema for SQLite. */
import type { ColumnType } from "../../model/column-type.ts";
import type { View } from "../../model/view.ts";
import { byName } from "../order.ts";
import type { DrizzleThing } from "../orm.ts";
import { type Declared, inside } from "../place.ts";
import { type CoreReader, createReading, type Reading } from "../reading.ts";
import { askTable } from "../tables.ts";
import { type PlacedTable, refuseTwice, refuseTwiceInside } from "../twice.ts";
import type { SqliteCore } from "./core.ts";
import { naming, namingBeforeV1 } from "./names.ts";
import { readTable } from "./table.ts";
import { storedValue } from "./values.ts";

export const sqlite: CoreReader<SqliteCore> = {
  module: "drizzle-orm/sqlite-core",
  prefix: "SQLite",
  read(exports, drizzle, options) {
    const { orm, core, isBeforeV1 } = drizzle;
    const reading = createReading(
      drizzle,
      {
        naming: isBeforeV1 ? namingBeforeV1 : naming,
        typeOf: (column) => typeOf(column.getSQLType()),
        storedValue: (column, value) => storedValue(column, value, drizzle),
      },
      options,
    );
    const tables = exports
      .filter((it): it is Declared<DrizzleThing> => orm.is(it.value, core.SQLiteTable))
      .map((it) => askTable(it, core.getTableConfig, reading))
      .map((source) => ({ table: readTable(source, reading), place: source.place }));
    const views = exports
      .filter((it): it is Declared<DrizzleThing> => orm.is(it.value, core.SQLiteView))
      .flatMap((place) => readView(place, reading).map((view) => ({ view, place })));
    refuseSameNames(tables, views);
    return {
      namespaces: [],
      extensions: [],
      roles: [],
      enums: [],
      sequences: [],
      tables: byName(tables.map((it) => it.table)),
      views: byName(views.map((it) => it.view)),
      grants: [],
    };
  },
};

/** Schemas say the same few types over and over. */
const types = new Map<string, ColumnType>();

function typeOf(text: string): ColumnType {
  const known = types.get(text);
  if (known) return known;
  const type: ColumnType = { kind: "raw", postgresql: text, sqlite: text };
  types.set(text, type);
  return type;
}

/** The view, or none where it is said to exist already: then it is not the project's. */
function readView(
  declared: Declared<DrizzleThing>,
  { drizzle, speller }: Reading<SqliteCore>,
): readonly View[] {
  const { query } = drizzle.core.getViewConfig(declared.value);
  if (query === undefined) return [];
  return inside(declared, "it cannot be read", () => [
    {
      name: speller.objectName(declared.value),
      definition: speller.spell(query, "query"),
      materialized: false,
    },
  ]);
}

/** Tables, views and indexes share one space of names, in which case does not count. */
function refuseSameNames(
  tables: readonly PlacedTable[],
  views: readonly { readonly view: View; readonly place: Declared }[],
): void {
  const keyOf = (name: string) => name.toLowerCase();
  const claims = [
    ...tables.map(({ table, place }) => ({ what: "table", name: table.name, place })),
    ...views.map(({ view, place }) => ({ what: "view", name: view.name, place })),
    ...tables.flatMap(({ table, place }) =>
      table.indexes.map(({ name }) => ({ what: "index", name, place })),
    ),
  ];
  refuseTwice(claims, keyOf);
  for (const table of tables) refuseTwiceInside(table, keyOf);
}
