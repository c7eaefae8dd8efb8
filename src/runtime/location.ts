import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceLine } from "../operations/operation.ts";
import type { Revision } from "../revisions/revision.ts";

/**
 * Where in the file of `revision` something was recorded or thrown, as "path:line:column": the first frame of the stack
 * that lies in that file. Stacks are formatted here, so only call this when something is to be said.
 */
export function locate(site: Error | SourceLine | null, revision: Revision, root: string): string {
  if (site === null) return revision.file;
  if (!(site instanceof Error)) return `${site.file}:${site.line}`;
  for (const line of (site.stack ?? "").split("\n")) {
    const frame = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim());
    if (frame === null) continue;
    const [, place = "", row, column] = frame;
    const path = place.startsWith("file://") ? fileURLToPath(place) : place;
    if (path === revision.path) return `${relative(root, path)}:${row}:${column}`;
  }
  return revision.file;
}
