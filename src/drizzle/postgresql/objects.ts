/** Exports by what they are. */
import type { Drizzle, DrizzleThing, Kind } from "../orm.ts";
import type { Declared } from "../place.ts";
import type { PgCore, PgEnum, PgPolicy, PgRole, PgSchema, PgSequence } from "./core.ts";

export interface PgObjects {
  readonly schemas: readonly Declared<PgSchema>[];
  readonly enums: readonly Declared<PgEnum>[];
  readonly sequences: readonly Declared<PgSequence>[];
  readonly tables: readonly Declared<DrizzleThing>[];
  readonly views: readonly Declared<DrizzleThing>[];
  readonly roles: readonly Declared<PgRole>[];
  readonly policies: readonly Declared<PgPolicy>[];
}

export function sortOut(exports: readonly Declared[], { orm, core }: Drizzle<PgCore>): PgObjects {
  const all = <Value>(kind: Kind<Value>) =>
    exports.filter((it): it is Declared<Value> => orm.is(it.value, kind));
  return {
    schemas: all(core.PgSchema),
    enums: exports.filter((it): it is Declared<PgEnum> => core.isPgEnum(it.value)),
    sequences: all(core.PgSequence),
    tables: all(core.PgTable),
    views: [...all(core.PgView), ...all(core.PgMaterializedView)],
    roles: all(core.PgRole),
    policies: all(core.PgPolicy),
  };
}
