/** Drafting what the old tool had not: the ways back of its migrations. */

import { MigError } from "../errors.ts";
import { draftWaysBack, type WayBack } from "../runtime/ways-back.ts";
import type { ImportedFiles } from "./import-files.ts";
import type { Project } from "./project.ts";
import { scratchOptions } from "./scratch.ts";
import { environmentDialect } from "./session.ts";

export interface WaysBack {
  readonly ways: ReadonlyMap<string, WayBack>;
  readonly warnings: readonly string[];
}

/** A way back for each new file that has none. Where nothing can be tried, none is drafted, and a warning says why. */
export async function waysBackFor(
  project: Project,
  { files, graph }: ImportedFiles,
): Promise<WaysBack> {
  const open = files.filter(({ isThere, downgrade }) => !isThere && downgrade === "none");
  if (open.length === 0) return { ways: new Map(), warnings: [] };
  const dialect = await environmentDialect(project);
  const { config, versionTable } = project;
  const wanted = new Map(open.map(({ revision, text }) => [revision.id, text]));
  try {
    const ways = await draftWaysBack({
      ...scratchOptions(project, dialect, { command: "import" }),
      graph,
      wanted,
      scope: {
        versionTable,
        ...(config.exclude && { exclude: config.exclude }),
        everywhere: true,
      },
    });
    return { ways, warnings: warningsOf(ways) };
  } catch (thrown) {
    if (!(thrown instanceof MigError)) throw thrown;
    const { message, help } = thrown;
    return { ways: new Map(), warnings: [`no way back was drafted: ${message} (${help})`] };
  }
}

/** One for each reason. */
function warningsOf(ways: ReadonlyMap<string, WayBack>): readonly string[] {
  const byReason = new Map<string, readonly string[]>();
  for (const [id, way] of ways)
    if (way.kind === "none") byReason.set(way.why, [...(byReason.get(way.why) ?? []), id]);
  return [...byReason].map(([why, [first = "", ...others]]) => {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return `${first}${more}: no way back: ${why}`;
  });
}
