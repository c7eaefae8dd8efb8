import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceLine } from "../operations/operation.ts";
import type { Revision } from "../revisions/revision.ts";

/** Something that knows where it was made: an error by its stack, a statement of a .sql file by its line. */
export type Site = Error | SourceLine | null | undefined;

/**
 * Where in the file of `revision` something was recorded or thrown, as "path:line:column": from the first of `sites` that
 * knows. Stacks are formatted here, so only call this when something is to be said.
 */
export function locate(sites: readonly Site[], revision: Revision, root: string): string {
  for (const site of sites) {
    const place =
      site instanceof Error
        ? placeInStack(site, revision.path, root)
        : site && `${site.file}:${site.line}`;
    if (place) return place;
  }
  return revision.file;
}

/** The first frame of a stack that lies in the file at `file`, as "path:line:column". */
export function placeInStack({ stack = "" }: Error, file: string, root: string): string | null {
  for (const line of stack.split("\n")) {
    const frame = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim());
    if (frame === null) continue;
    const [, place = "", row, column] = frame;
    const path = place.startsWith("file://") ? fileURLToPath(place) : place;
    if (path === file) return `${relative(root, path)}:${row}:${column}`;
  }
  return null;
}
