/** What belongs to a project, by its config: of the database as well as of the schema, for the same things to be left out. */
import type { Included } from "../autogenerate/include.ts";
import type { Config } from "../config/config.ts";
import { logName } from "../dialects/bookkeeping.ts";
import type { VersionTable } from "../dialects/dialect.ts";
import { excluder } from "../dialects/exclude.ts";
import { fail } from "../errors.ts";
import type { Project } from "./project.ts";

export function belongsBy({
  config: { exclude = [], include },
  versionTable,
}: Pick<Project, "config" | "versionTable">): (object: Included) => boolean {
  const own = ownTables(versionTable);
  const excluded = excluder(exclude);
  return (object) => {
    if (object.kind === "table" && own.includes(object.name)) return false;
    const at = object.name.indexOf(".");
    // Drizzle has no name for the default schema, which patterns call by its own.
    const schema = at < 0 ? "public" : object.name.slice(0, at);
    if (excluded(schema, object.name.slice(at + 1))) return false;
    return include === undefined || answer(include, object);
  };
}

/** A project may declare mig's own tables, to read them; they are no less mig's. */
function ownTables({ name, schema = "public" }: VersionTable): readonly string[] {
  const prefix = schema === "public" ? "" : `${schema}.`;
  return [name, logName(name)].map((it) => prefix + it);
}

function answer(include: NonNullable<Config["include"]>, object: Included): boolean {
  try {
    return include(object);
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return fail("DRAFT_HOOK_FAILED", { hook: "include", why }, { cause: failure });
  }
}
