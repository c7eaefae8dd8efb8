/** How the history of a project is run in a scratch database of `dialect`. */
import type { Config } from "../config/config.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { DialectName } from "../model/schema.ts";
import type { ScratchOptions } from "../runtime/replay.ts";
import type { Project } from "./project.ts";
import { runInfo } from "./session.ts";

/** `command` is what the log of that database says of it, `args` are the `op.args` of the revisions. */
export function scratchOptions(
  { root, config, loader, versionTable, graph }: Project,
  dialect: Dialect,
  {
    command,
    args = {},
  }: { readonly command: string; readonly args?: ScratchOptions["scripts"]["args"] },
): ScratchOptions {
  const server = serverFor(dialect.name, config);
  return {
    dialect,
    graph: graph(),
    scripts: { dialect, loader, root, args },
    versionTable,
    root,
    info: runInfo(command),
    ...(server !== undefined && { server }),
    skip: config.scratch?.skip ?? [],
    prepare: config.scratch?.prepare?.[dialect.name] ?? "",
  };
}

function serverFor(dialect: DialectName, { scratch = {} }: Config): string | undefined {
  switch (dialect) {
    case "postgresql":
      return scratch.postgresql;
    case "sqlite":
      return undefined;
  }
}
