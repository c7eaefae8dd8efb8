/** The project of an import. One that only drizzle-kit knew gets a config of mig's from drizzle-kit's. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { OldTable } from "../adopt/system.ts";
import type { Config } from "../config/config.ts";
import { configNames } from "../config/read.ts";
import { dialectNameOf } from "../dialects/registry.ts";
import { fail, MigError } from "../errors.ts";
import { openProject as open } from "../migrator/project.ts";
import { type DialectName, dialectNames } from "../model/schema.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { type DrizzleConfig, readDrizzleConfig } from "./drizzle-config.ts";
import { planConfig, projectFiles } from "./init-config.ts";
import { warn } from "./output.ts";
import { type GlobalOptions, openProject, type Project } from "./project.ts";

export interface ImportProject {
  readonly project: Project;
  /** The files of a new project, to be written with the revisions; none where there is a config. */
  readonly newFiles: readonly (readonly [name: string, text: string])[];
  /** What drizzle-kit's config says; null where it is about another system, or has none. */
  readonly drizzle: DrizzleConfig | null;
}

/** Throws CONFIG_MISSING where neither tool has a config. */
export async function importProject(
  system: string,
  options: GlobalOptions,
): Promise<ImportProject> {
  if (system !== "drizzle")
    return { project: await openProject(options), newFiles: [], drizzle: null };
  const root = process.cwd();
  const hasConfig =
    options.config !== undefined || configNames.some((name) => existsSync(join(root, name)));
  if (hasConfig) {
    const project = await openProject(options);
    return { project, newFiles: [], drizzle: await readDrizzleConfig(project.root) };
  }
  const drizzle = await readDrizzleConfig(root);
  if (drizzle === null) return { project: await openProject(options), newFiles: [], drizzle };
  return { ...(await newProject(root, drizzle, options)), drizzle };
}

async function newProject(
  root: string,
  drizzle: DrizzleConfig,
  { env, url }: GlobalOptions,
): Promise<Pick<ImportProject, "project" | "newFiles">> {
  const project = await open({
    folder: root,
    config: configOf(drizzle),
    ...(env !== undefined && { env }),
    ...(url !== undefined && { url }),
  });
  for (const each of drizzle.filters.lost) warn(each);
  const empty = new RevisionGraph([]);
  const hasHistory = existsSync(join(root, "versions"));
  return {
    project: hasHistory ? project : { ...project, graph: () => empty },
    newFiles: projectFiles(planConfig(root, { dual: false, drizzle })),
  };
}

/** What the file that is written will say, as far as an import asks for it. */
function configOf({ dialect, schema, casing, filters, liveUrl }: DrizzleConfig): Config {
  const { schemas, exclude } = filters;
  return {
    ...(schema.length > 0 && { schema: { [dialect]: schema } }),
    ...(casing !== null && { casing }),
    ...(schemas.length > 0 && { schemas }),
    ...(exclude.length > 0 && { exclude }),
    environments: { dev: { url: liveUrl } },
  };
}

/** The databases that the project runs on, that of the environment first. */
export function dialectsOf(project: Project): readonly DialectName[] {
  const { schema, environments } = project.config;
  const urls = Object.values(environments ?? {}).flatMap(({ url }) => url ?? []);
  const wanted = new Set([
    dialectNameOf(project.environment().url),
    ...dialectNames.filter((dialect) => schema?.[dialect] !== undefined),
    ...urls.flatMap(dialectIfAny),
  ]);
  return [...wanted];
}

/** What is wrong with another environment is no matter of an import into this one. */
function dialectIfAny(url: string): readonly DialectName[] {
  try {
    return [dialectNameOf(url)];
  } catch (failure) {
    if (failure instanceof MigError) return [];
    throw failure;
  }
}

/** The folder to import: the one that was named, or the one of drizzle-kit's config. */
export function folderOf(named: string | undefined, drizzle: DrizzleConfig | null): string {
  return (
    named ?? drizzle?.out ?? fail("WRONG_USAGE", { message: "missing required argument 'folder'" })
  );
}

/** Where the old tool's table may be; null for its usual places. */
export function tablesOf(
  named: string | undefined,
  drizzle: DrizzleConfig | null,
): readonly OldTable[] | null {
  if (named !== undefined) {
    const at = named.indexOf(".");
    return [at < 0 ? { name: named } : { schema: named.slice(0, at), name: named.slice(at + 1) }];
  }
  if (drizzle === null) return null;
  const { table, schema } = drizzle.migrations;
  return [{ name: table, schema }, { name: table }];
}
