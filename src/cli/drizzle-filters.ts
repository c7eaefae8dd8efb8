/** `tablesFilter` and `schemaFilter` of drizzle-kit, as far as mig's `exclude` and `schemas` say the same. */

export interface Filters {
  readonly exclude: readonly string[];
  readonly schemas: readonly string[];
  /** What they do not say, each as a warning. */
  readonly lost: readonly string[];
}

/** What both take alike; the other characters of a pattern of drizzle-kit mean something to it alone. */
const plain = /^[^?[\]{}()!+@\\]+$/;

/** drizzle-kit compares what every pattern of `tablesFilter` lets through: those with `!` are what mig excludes. */
export function filtersOf(tablesFilter: unknown, schemaFilter: unknown): Filters {
  const tables = texts(tablesFilter);
  const excluded = tables.filter((it) => it.startsWith("!") && plain.test(it.slice(1)));
  const included = tables.filter((it) => !excluded.includes(it) && !/^\*+$/.test(it));
  const schemas = texts(schemaFilter);
  const named = schemas.filter((it) => plain.test(it) && !it.includes("*"));
  return {
    exclude: excluded.map((it) => it.slice(1)),
    schemas: named,
    lost: [
      ...lost("tablesFilter", included, "`exclude` cannot say it, `include` of the config can"),
      ...lost(
        "schemaFilter",
        schemas.filter((it) => !named.includes(it)),
        "`schemas` takes whole names",
      ),
    ],
  };
}

function lost(member: string, patterns: readonly string[], why: string): readonly string[] {
  if (patterns.length === 0) return [];
  const shown = patterns.map((it) => JSON.stringify(it)).join(", ");
  return [`${member} ${shown} is not carried over: ${why}`];
}

/** drizzle-kit takes one, too. */
function texts(value: unknown): readonly string[] {
  return [value ?? []].flat().filter((it) => typeof it === "string");
}
