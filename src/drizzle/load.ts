/** The drizzle-orm of the schema files: never the tool's own, for each version can only read its own objects. */
import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { fail } from "../errors.ts";
import type { Loader } from "../load/loader.ts";
import type { Core, Drizzle, Orm } from "./orm.ts";
import { fileName } from "./place.ts";

/** Who imports drizzle-orm. */
export interface Importers {
  readonly loader: Loader;
  readonly root: string;
  readonly files: readonly string[];
}

/** Load it as the files import it, with `core` ("drizzle-orm/pg-core"). It takes about 50 ms. */
export async function loadDrizzle<ItsCore extends Core>(
  importers: Importers,
  core: string,
): Promise<Drizzle<ItsCore>> {
  const version = await versionOf(importers);
  const from = importers.files[0] ?? "";
  const cases = await load<Cases>("drizzle-orm/casing", from, importers);
  return {
    orm: await load<Orm>("drizzle-orm", from, importers),
    core: await load<ItsCore>(core, from, importers),
    isBeforeV1: version.startsWith("0."),
    cases: { snake_case: cases.toSnakeCase, camelCase: cases.toCamelCase },
  };
}

interface Cases {
  toSnakeCase(name: string): string;
  toCamelCase(name: string): string;
}

/** The one version that all files use. Throws DRIZZLE_MIXED, DRIZZLE_UNSUPPORTED. */
async function versionOf(importers: Importers): Promise<string> {
  const uses = await Promise.all(
    importers.files.map(async (file) => {
      const module = await load<{ npmVersion: string }>("drizzle-orm/version", file, importers);
      return { file: fileName(file, importers.root), version: module.npmVersion };
    }),
  );
  const [first, ...others] = uses;
  const other = others.find((it) => it.version !== first?.version);
  if (first && other) fail("DRIZZLE_MIXED", { uses: [first, other] });
  const { version = "", file = "" } = first ?? {};
  return isSupported(version) ? version : fail("DRIZZLE_UNSUPPORTED", { version, file });
}

/** 0.45, and 1.0 from its fifth release candidate on. */
export function isSupported(version: string): boolean {
  const [, major, minor, , stage, number] =
    /^(\d+)\.(\d+)\.(\d+)(?:-([a-z]+)\.?(\d*))?/.exec(version) ?? [];
  if (major === "0") return minor === "45";
  if (major !== "1") return false;
  return stage === undefined || (stage === "rc" && Number(number) >= 5);
}

async function load<Module>(
  specifier: string,
  from: string,
  { loader, root }: Importers,
): Promise<Module> {
  // A module finds its packages from where it really is, as the loader has it.
  const path = loader.resolve(specifier, realpathSync.native(from));
  if (path === undefined) {
    const dialect = `the schema (${fileName(from, root)})`;
    return fail("DRIVER_MISSING", { driver: "drizzle-orm", dialect });
  }
  const module: object = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return module as Module;
}
