/** Loading packages on use, as the project has them. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { error, type MigError } from "../errors.ts";

/** A package of the project, or else the one beside mig; null where neither has it. Throws DRIVER_BROKEN. */
export function loadPackage<Exports>(name: string, root: string): Exports | null {
  for (const place of [join(root, "package.json"), import.meta.url]) {
    const require = createRequire(place);
    try {
      require.resolve(name);
    } catch {
      continue;
    }
    try {
      return require(name) as Exports;
    } catch (cause) {
      throw brokenDriver(name, cause);
    }
  }
  return null;
}

/** The file that stands for a package, where `loadPackage` finds it; null where it does not. */
export function placeOf(name: string, root: string): string | null {
  for (const place of [join(root, "package.json"), import.meta.url]) {
    try {
      return createRequire(place).resolve(name);
    } catch {}
  }
  return null;
}

/** The error for a driver that is there and cannot be used. */
export function brokenDriver(driver: string, cause: unknown): MigError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return error("DRIVER_BROKEN", { driver, why: message.split("\n", 1)[0] ?? "" }, { cause });
}

/**
 * An ES module of a package, in the copy that the project's own files import and not the one made for require(); null
 * where the project has none. It is loaded on the spot: since Node 20.19 require() takes ES modules.
 */
export function loadAsImported<Exports>(specifier: string, root: string): Exports | null {
  const require = createRequire(import.meta.url);
  const { ResolverFactory } = require("oxc-resolver") as typeof import("oxc-resolver");
  const { path } = new ResolverFactory({ conditionNames: ["node", "import"] }).sync(
    root,
    specifier,
  );
  return path ? (require(path) as Exports) : null;
}
