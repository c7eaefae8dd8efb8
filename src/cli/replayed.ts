/** The Drizzle schema of a database against the history, which tells how every such database is. */
import { loadDialect } from "../dialects/registry.ts";
import type { DialectName } from "../model/schema.ts";
import { replay } from "../runtime/replay.ts";
import { type Compared, type ComparingOptions, compareOn } from "./comparing.ts";
import type { Project } from "./project.ts";
import { scratchOptions } from "./scratch.ts";

/** Replay the history in a scratch database, compare, and do `work` with what was found. Throws as `replay` does. */
export async function withReplayed<Result>(
  project: Project,
  options: ComparingOptions,
  name: DialectName,
  work: (compared: Compared) => Promise<Result>,
): Promise<Result> {
  const dialect = await loadDialect(name);
  const scratch = scratchOptions(project, dialect, { command: "draft", args: options.x ?? {} });
  return replay(scratch, options.fromEmpty ? [] : ["heads"], async (connection) => {
    const compared = await compareOn(project, options, { dialect, connection });
    return work({ ...compared, hasRows: false });
  });
}
