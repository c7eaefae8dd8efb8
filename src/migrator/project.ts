/** What most calls need: the config, the loader, the history, and the environment that was chosen. */
import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { type Environment, pickEnvironment } from "../config/environment.ts";
import { findConfig, type ProjectConfig, readConfig } from "../config/read.ts";
import { validateConfig } from "../config/validate.ts";
import type { VersionTable } from "../dialects/dialect.ts";
import type { Existing } from "../dialects/existing.ts";
import { createLoader, type Loader } from "../load/loader.ts";
import { loadRevisions, type Seen } from "../revisions/directory.ts";
import { RevisionGraph } from "../revisions/graph.ts";

export interface ProjectOptions {
  /** A config file, or what it would say. The config file of `folder` when absent. */
  readonly config?: string | Config;
  /** Where the config file is looked for, and where the paths of a config without a file start. */
  readonly folder: string;
  /** The environment; the default of the config when absent. */
  readonly env?: string;
  /** The database, instead of the environment's. */
  readonly url?: string;
  /** The same, and connected already. */
  readonly existing?: Existing;
}

export interface Project {
  readonly root: string;
  /** The config's file, absolute; null where there is none. */
  readonly file: string | null;
  readonly config: Config;
  readonly loader: Loader;
  /** The versions folders, absolute. */
  readonly folders: readonly string[];
  readonly versionTable: VersionTable;
  /** The connection that was given; null where one is made. */
  readonly existing: Existing | null;
  /** The history, read when it is asked for first: then `seen` is given the text and the path of each file. */
  graph(seen?: Seen): RevisionGraph;
  /** The environment that was chosen; NO_URL and UNKNOWN_ENVIRONMENT are thrown when it is asked for. */
  environment(): Environment;
}

export async function openProject(options: ProjectOptions): Promise<Project> {
  const { root, file, config, loader } = await configOf(options);
  const { existing = null, env } = options;
  const url = existing?.url ?? options.url;
  const folders = [config.versions ?? "versions"].flat().map((folder) => resolve(root, folder));
  const picked = { ...(env !== undefined && { env }), ...(url !== undefined && { url }) };
  let graph: RevisionGraph | undefined;
  return {
    root,
    file,
    config,
    loader,
    folders,
    versionTable: { name: "mig_version", ...config.versionTable },
    existing,
    graph: (seen) => (graph ??= new RevisionGraph(loadRevisions(folders, root, seen))),
    environment: () => pickEnvironment(config, picked, process.env),
  };
}

type Configured = Omit<ProjectConfig, "file"> & {
  readonly file: string | null;
  readonly loader: Loader;
};

async function configOf({ config, folder }: ProjectOptions): Promise<Configured> {
  if (typeof config === "object") {
    const checked = validateConfig(config, "the config");
    return { root: folder, file: null, config: checked, loader: loaderFor(folder) };
  }
  return readConfig(findConfig(folder, config), loaderFor);
}

/** Revisions get the running tool's own copy of the library. */
function loaderFor(root: string): Loader {
  return createLoader({ root, builtins: { "drizzle-mig": () => import("../index.ts") } });
}
