/** What stands in the third argument of a table. */
import type { Drizzle, DrizzleThing, Kind } from "./orm.ts";

const builder = Symbol.for("drizzle:ExtraConfigBuilder");
const columns = Symbol.for("drizzle:ExtraConfigColumns");
const plainColumns = Symbol.for("drizzle:Columns");
const entityKind = Symbol.for("drizzle:entityKind");

type Internals = Readonly<Record<symbol, unknown>>;

/**
 * Refuse entries that are no constraint, index or policy of this core: 0.45 leaves them out without a word, a `check` of the
 * other database as well as an `index("name")` without `on`. 1.0 refuses them itself.
 */
export function refuseUnknownEntries(
  table: DrizzleThing,
  { orm, core, isBeforeV1 }: Drizzle,
  further: readonly Kind<object>[],
): void {
  const { [builder]: build, [columns]: extra, [plainColumns]: plain } = table as Internals;
  if (!isBeforeV1 || typeof build !== "function") return;
  const known = [
    core.IndexBuilder,
    core.CheckBuilder,
    core.UniqueConstraintBuilder,
    core.PrimaryKeyBuilder,
    core.ForeignKeyBuilder,
    ...further,
  ];
  const given: unknown = build(extra ?? plain);
  const entries: readonly unknown[] = Array.isArray(given)
    ? given.flat(1)
    : Object.values(given ?? {});
  for (const entry of entries) {
    // A condition that does not hold leaves undefined or false.
    if (!entry || known.some((kind) => orm.is(entry, kind))) continue;
    throw new TypeError(
      `it has ${describe(entry)} among its indexes and constraints, which Drizzle leaves out`,
    );
  }
}

function describe(entry: unknown): string {
  const made: unknown = typeof entry === "object" && entry ? entry.constructor : undefined;
  if (typeof made === "function" && entityKind in made) return `a ${String(made[entityKind])}`;
  return typeof entry === "object" ? "an object" : `a ${typeof entry}`;
}
