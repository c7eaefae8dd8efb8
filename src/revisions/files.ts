import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { sep } from "node:path";
import { fail } from "../errors.ts";
import { displayPath } from "./display-path.ts";

const readable = /\.(?:[cm]?[jt]s|sql)$/;
/** Declarations of types, and what tools and people keep beside revisions without meaning one. */
const ignored = /^[._]|^node_modules$|\.d\.[cm]?ts$/;

/** What was found so far. */
interface Found {
  readonly files: string[];
  /** The real paths of the folders that were read: a folder that is reached twice is read once. */
  readonly folders: Set<string>;
  /** Whether a file was reached by a link, so that it may have been reached another way as well. */
  hasLinks: boolean;
}

/**
 * The absolute paths of all revision files: folder by folder, each with its nested folders sorted by name. A file that
 * is reached twice is listed once. Throws VERSIONS_MISSING.
 */
export function revisionFiles(folders: readonly string[], root: string): string[] {
  const found: Found = { files: [], folders: new Set(), hasLinks: false };
  for (const folder of folders) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      fail("VERSIONS_MISSING", { folder: displayPath(folder, root) });
    }
    readFolder(folder, found);
  }
  return found.hasLinks ? withoutTwins(found.files) : found.files;
}

function readFolder(folder: string, found: Found): void {
  const real = realpathSync(folder);
  if (found.folders.has(real)) return;
  found.folders.add(real);
  for (const entry of sortedEntries(folder)) {
    // Not `join`, which takes the whole path apart again for every file.
    const path = folder + sep + entry.name;
    const link = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : null;
    const target = link ?? entry;
    if (target.isDirectory()) readFolder(path, found);
    else if (target.isFile() && readable.test(entry.name)) {
      found.files.push(path);
      if (link !== null) found.hasLinks = true;
    }
  }
}

function sortedEntries(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !ignored.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Asking the system for the real path of each file costs more than reading it: only where there are links. */
function withoutTwins(files: readonly string[]): string[] {
  const byRealPath = new Map<string, string>();
  for (const path of files) {
    const real = realpathSync(path);
    if (!byRealPath.has(real)) byRealPath.set(real, path);
  }
  return [...byRealPath.values()];
}
