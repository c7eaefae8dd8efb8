import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fail } from "../errors.ts";
import { displayPath } from "../revisions/display-path.ts";

// By its own name, so that it is found from the sources and from the published files alike.
const own = createRequire(import.meta.url);

/** The text of a template that comes with mig. */
export function builtInTemplate(name: string): string {
  return readFileSync(own.resolve(`drizzle-mig/templates/${name}`), "utf8");
}

/** The text of a template: the project's own, where its config names a folder for them, or the one that comes with mig. */
export function projectTemplate(
  { root, config }: { readonly root: string; readonly config: { readonly templates?: string } },
  name: string,
): string {
  if (config.templates === undefined) return builtInTemplate(name);
  const file = join(resolve(root, config.templates), name);
  return existsSync(file)
    ? readFileSync(file, "utf8")
    : fail("TEMPLATE_MISSING", { file: displayPath(file, root) });
}
