import { readFileSync } from "node:fs";
import { fail } from "../errors.ts";
import { withoutMark } from "./cursor.ts";
import { displayPath } from "./display-path.ts";
import { revisionFiles } from "./files.ts";
import { readHeader } from "./header.ts";
import type { Revision } from "./revision.ts";

/** Is given the text of a file, and its path. */
export type Seen = (text: string, path: string) => void;

/**
 * The revisions of the versions folders (absolute paths), in the order of files. No file is run; `seen` is given the text
 * of each, and its absolute path. Throws VERSIONS_MISSING, FILE_UNREADABLE and the errors of headers.
 */
export function loadRevisions(
  folders: readonly string[],
  root: string,
  seen: Seen = () => {},
): Revision[] {
  return revisionFiles(folders, root).map((path) => readRevision(path, root, seen));
}

/** The revision in one file. Throws FILE_UNREADABLE and the errors of headers. */
export function readRevision(path: string, root: string, seen: Seen = () => {}): Revision {
  const file = displayPath(path, root);
  const text = readText(path, file);
  seen(text, path);
  return readHeader({ file, path, text: withoutMark(text) });
}

/** Given as a text, Node makes these options anew for every file: with 10,000 revisions that is a tenth of the time. */
const asText = { encoding: "utf8", flag: "r" } as const;

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, asText);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail("FILE_UNREADABLE", { file, why }, { location: file, cause });
  }
}
