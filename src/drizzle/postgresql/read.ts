/** The exports of a schema for PostgreSQL. */
import type { Namespace, ObjectName, Schema } from "../../model/schema.ts";
import { byName } from "../order.ts";
import type { Drizzle } from "../orm.ts";
import type { Declared } from "../place.ts";
import { type CoreReader, createReading, type ReadOptions } from "../reading.ts";
import { askTable } from "../tables.ts";
import { refuseTwiceInside } from "../twice.ts";
import type { PgCore, PgSchema } from "./core.ts";
import { readEnums } from "./enums.ts";
import { naming, namingBeforeV1 } from "./names.ts";
import { type PgObjects, sortOut } from "./objects.ts";
import { readRole, refuseLonePolicies } from "./policies.ts";
import { refuseSameNames } from "./same-names.ts";
import { readSequence } from "./sequences.ts";
import { readTable } from "./table.ts";
import { typeOf } from "./types.ts";
import { storedValue } from "./values.ts";
import { readView } from "./views.ts";

export const postgresql: CoreReader<PgCore> = {
  module: "drizzle-orm/pg-core",
  prefix: "Pg",
  read(exports, drizzle, options) {
    const objects = sortOut(exports, drizzle);
    const schema = readObjects(objects, drizzle, options);
    return { ...schema, namespaces: readNamespaces(objects.schemas, schema) };
  },
};

function readObjects(
  objects: PgObjects,
  drizzle: Drizzle<PgCore>,
  options: ReadOptions,
): Omit<Schema, "namespaces"> {
  const reading = createReading(
    drizzle,
    {
      naming: drizzle.isBeforeV1 ? namingBeforeV1 : naming,
      typeOf: (column) => typeOf(column, drizzle),
      storedValue: (column, value) => storedValue(column, value, drizzle),
    },
    options,
  );
  const { core } = drizzle;
  const sources = objects.tables.map((it) =>
    askTable(it, core.getTableConfig, reading, [core.PgPolicy]),
  );
  refuseLonePolicies(objects.policies, sources);
  const tables = sources.map((source) => ({
    table: readTable(source, objects.policies, reading),
    place: source.place,
  }));
  const views = objects.views.flatMap((place) =>
    readView(place, reading).map((view) => ({ view, place })),
  );
  const sequences = objects.sequences.map((place) => ({
    sequence: readSequence(place.value),
    place,
  }));
  refuseSameNames({ tables, views, sequences });
  for (const it of tables) refuseTwiceInside(it);
  return {
    extensions: [],
    roles: readRoles(objects),
    enums: byName(readEnums(objects.enums, sources, drizzle)),
    sequences: byName(sequences.map((it) => it.sequence)),
    tables: byName(tables.map((it) => it.table)),
    views: byName(views.map((it) => it.view)),
    grants: [],
  };
}

/** Roles, except those that are said to exist already. */
function readRoles({ roles }: PgObjects): Schema["roles"] {
  return byName(roles.filter((it) => !it.value._existing).map((it) => readRole(it.value)));
}

/**
 * The schemas that are exported, and those that are only in the names of other objects: a schema that is left out would look
 * like one to be dropped. Those of somebody else are left alone.
 */
function readNamespaces(
  exported: readonly Declared<PgSchema>[],
  schema: Omit<Schema, "namespaces">,
): readonly Namespace[] {
  const objects = [schema.tables, schema.enums, schema.sequences, schema.views].flat();
  const names = [
    ...exported.map((it) => it.value.schemaName),
    ...objects.flatMap((it) => schemaOf(it.name)),
  ];
  const existing = exported.filter((it) => it.value.isExisting).map((it) => it.value.schemaName);
  const own = new Set(names.filter((name) => !existing.includes(name)));
  return byName([...own].map((name) => ({ name })));
}

function schemaOf(name: ObjectName): readonly string[] {
  return typeof name === "string" ? [] : [name.schema];
}
