/** Views and materialized views. */
import type { View } from "../../model/view.ts";
import type { DrizzleThing } from "../orm.ts";
import { type Declared, inside } from "../place.ts";
import type { Reading } from "../reading.ts";
import type { PgCore, PgViewConfig } from "./core.ts";
import { readParameters } from "./indexes.ts";

/** The view, or none where it is said to exist already: then it is not the project's. */
export function readView(
  declared: Declared<DrizzleThing>,
  reading: Reading<PgCore>,
): readonly View[] {
  const { core, orm } = reading.drizzle;
  const materialized = orm.is(declared.value, core.PgMaterializedView);
  const config = materialized
    ? core.getMaterializedViewConfig(declared.value)
    : core.getViewConfig(declared.value);
  if (config.query === undefined) return [];
  const { speller } = reading;
  return inside(declared, "it cannot be read", () => [
    {
      name: speller.objectName(declared.value),
      definition: speller.spell(config.query, "query"),
      materialized,
      ...readOptions(config),
    },
  ]);
}

function readOptions({ with: given = {}, using, tablespace, withNoData }: PgViewConfig) {
  const parameters = readParameters(given);
  return {
    ...(parameters && { with: parameters }),
    ...(using && { using }),
    ...(tablespace && { tablespace }),
    ...(withNoData && { withNoData }),
  };
}
