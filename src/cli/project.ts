/** What most commands need: the config, the loader, the history, and the environment that was chosen. */
import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { type Environment, pickEnvironment } from "../config/environment.ts";
import { findConfig, readConfig } from "../config/read.ts";
import type { VersionTable } from "../dialects/dialect.ts";
import { createLoader, type Loader } from "../load/loader.ts";
import { loadRevisions } from "../revisions/directory.ts";
import { RevisionGraph } from "../revisions/graph.ts";

/** The options that every command has. */
export interface GlobalOptions {
  readonly config?: string;
  readonly env?: string;
  readonly url?: string;
  readonly x?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

export interface Project {
  readonly root: string;
  readonly config: Config;
  readonly loader: Loader;
  /** The versions folders, absolute. */
  readonly folders: readonly string[];
  readonly versionTable: VersionTable;
  /** The history, read when it is asked for first. */
  graph(): RevisionGraph;
  /** The environment of `-n` and `--url`; NO_URL and UNKNOWN_ENVIRONMENT are thrown when it is asked for. */
  environment(): Environment;
}

export async function openProject(options: GlobalOptions): Promise<Project> {
  const file = findConfig(process.cwd(), options.config);
  const { root, config, loader } = await readConfig(file, (folder) =>
    createLoader({ root: folder, builtins: { "drizzle-mig": () => import("../index.ts") } }),
  );
  return projectOf({ root, config, loader }, options);
}

/** The project in `root` with this config. */
export function projectOf(
  { root, config, loader }: Pick<Project, "root" | "config" | "loader">,
  options: GlobalOptions,
): Project {
  // However the command ends: what was read is the same next time.
  process.once("exit", () => loader.save());
  const folders = [config.versions ?? "versions"].flat().map((folder) => resolve(root, folder));
  let graph: RevisionGraph | undefined;
  return {
    root,
    config,
    loader,
    folders,
    versionTable: { name: "mig_version", ...config.versionTable },
    graph: () => (graph ??= new RevisionGraph(loadRevisions(folders, root))),
    environment: () => pickEnvironment(config, options, process.env),
  };
}
