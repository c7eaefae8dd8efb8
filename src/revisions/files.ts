import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fail } from "../errors.ts";
import { displayPath } from "./display-path.ts";

const readable = /\.(?:[cm]?[jt]s|sql)$/;
/** Declarations of types, and what tools and people keep beside revisions without meaning one. */
const ignored = /^[._]|^node_modules$|\.d\.[cm]?ts$/;

/**
 * The absolute paths of all revision files: folder by folder, each with its nested folders sorted by name. A file that
 * is reached twice is listed once. Throws VERSIONS_MISSING.
 */
export function revisionFiles(folders: readonly string[], root: string): string[] {
  const seen = new Set<string>();
  return folders.flatMap((folder) => {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      fail("VERSIONS_MISSING", { folder: displayPath(folder, root) });
    }
    return filesBelow(folder, seen);
  });
}

interface Entry {
  readonly path: string;
  readonly isFolder: boolean;
}

/** `seen` holds the real paths that were reached so far. */
function filesBelow(top: string, seen: Set<string>): string[] {
  const files: string[] = [];
  const left: Entry[] = [{ path: top, isFolder: true }];
  for (let next = left.pop(); next; next = left.pop()) {
    if (!next.isFolder) files.push(next.path);
    // Pushed backwards, so that the first is taken first.
    else for (const entry of entriesOf(next.path, seen).reverse()) left.push(entry);
  }
  return files;
}

/** The revision files and folders of `folder` that were not reached before, sorted by name. */
function entriesOf(folder: string, seen: Set<string>): Entry[] {
  const real = realpathSync(folder);
  const entries: Entry[] = [];
  for (const entry of sortedEntries(folder)) {
    const found = entry.isSymbolicLink() ? behindLink(folder, entry) : inFolder(real, entry);
    if (!found || !(found.isFolder || readable.test(entry.name)) || seen.has(found.path)) continue;
    seen.add(found.path);
    // Not `join`, which takes the whole path apart again for every file.
    entries.push({ path: folder + sep + entry.name, isFolder: found.isFolder });
  }
  return entries;
}

function sortedEntries(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !ignored.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Real paths are worked out by hand where there is no link: asking the system for each costs more than reading it. */
function inFolder(real: string, entry: Dirent): Entry | null {
  if (!entry.isDirectory() && !entry.isFile()) return null;
  return { path: real + sep + entry.name, isFolder: entry.isDirectory() };
}

/** Null for a link that leads nowhere. */
function behindLink(folder: string, { name }: Dirent): Entry | null {
  const path = join(folder, name);
  const target = statSync(path, { throwIfNoEntry: false });
  return target ? { path: realpathSync(path), isFolder: target.isDirectory() } : null;
}
