/** Enums: those that are exported, and those that only columns have, without which no table could be made. */
import type { Enum } from "../../model/schema.ts";
import type { Drizzle } from "../orm.ts";
import type { Declared } from "../place.ts";
import type { TableSource } from "../reading.ts";
import { refuseTwice } from "../twice.ts";
import type { PgEnum } from "./core.ts";
import { enumName, enumOf } from "./types.ts";

export function readEnums(
  exported: readonly Declared<PgEnum>[],
  tables: readonly TableSource[],
  drizzle: Drizzle,
): readonly Enum[] {
  const ofColumns = tables.flatMap(({ place, config }) =>
    config.columns.flatMap((column) => {
      const value = enumOf(column, drizzle);
      return value ? [{ ...place, value }] : [];
    }),
  );
  // Declared again with the same labels, it is the same type.
  const distinct = new Map(
    [...exported, ...ofColumns].map((it) => [JSON.stringify(readEnum(it.value)), it] as const),
  );
  const claims = [...distinct.values()].map((place) => ({
    what: "enum",
    name: enumName(place.value),
    place,
  }));
  refuseTwice(claims);
  return [...distinct.values()].map((it) => readEnum(it.value));
}

function readEnum(it: PgEnum): Enum {
  return { name: enumName(it), values: it.enumValues };
}
