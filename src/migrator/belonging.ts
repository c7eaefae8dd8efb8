/** What belongs to a project, by its config: of the database as well as of the schema, for the same things to be left out. */
import type { Included } from "../autogenerate/include.ts";
import type { Config } from "../config/config.ts";
import { excluder } from "../dialects/exclude.ts";
import { fail } from "../errors.ts";

export function belongsBy({ exclude = [], include }: Config): (object: Included) => boolean {
  if (exclude.length === 0 && include === undefined) return () => true;
  const excluded = excluder(exclude);
  return (object) => {
    const at = object.name.indexOf(".");
    // Drizzle has no name for the default schema, which patterns call by its own.
    const schema = at < 0 ? "public" : object.name.slice(0, at);
    if (excluded(schema, object.name.slice(at + 1))) return false;
    return include === undefined || answer(include, object);
  };
}

function answer(include: NonNullable<Config["include"]>, object: Included): boolean {
  try {
    return include(object);
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return fail("DRAFT_HOOK_FAILED", { hook: "include", why }, { cause: failure });
  }
}
