/** Finding and loading the config of a project. */
import { existsSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fail } from "../errors.ts";
import type { Loader } from "../load/loader.ts";
import type { Config } from "./config.ts";
import { validateConfig } from "./validate.ts";

/** The names that are looked for, in this order. */
export const configNames = ["ts", "mts", "cts", "js", "mjs", "cjs"].map(
  (extension) => `migrator.config.${extension}`,
);

export interface ProjectConfig {
  /** The folder of the config file: relative paths of the config start there. */
  readonly root: string;
  readonly file: string;
  readonly config: Config;
}

/** The config file named by `-c`, or the one in `folder`. CONFIG_MISSING when there is none. */
export function findConfig(folder: string, named: string | undefined): string {
  if (named !== undefined) {
    const file = resolve(folder, named);
    return existsSync(file) ? file : fail("CONFIG_MISSING", { looked: named, folder });
  }
  const found = configNames.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const others = configNames.slice(1).map((name) => extname(name));
  return fail("CONFIG_MISSING", { looked: `${configNames[0]} (or ${others.join(", ")})`, folder });
}

/** Load and check the config. `createLoader` is given the project's folder. */
export async function readConfig(
  file: string,
  createLoader: (root: string) => Loader,
): Promise<ProjectConfig & { readonly loader: Loader }> {
  const root = dirname(file);
  const loader = createLoader(root);
  const exports = await loader.import(file);
  const config = validateConfig(exports.default, basename(file));
  return { root, file, config, loader };
}
