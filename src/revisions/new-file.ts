import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fail } from "../errors.ts";
import { displayPath } from "./display-path.ts";

/** Where a new revision may be written. Paths are absolute. */
export interface VersionsFolders {
  readonly root: string;
  readonly folders: readonly string[];
}

/**
 * The folder for a new revision: the one that `--version-path` names, else the one of its parent, else the only one.
 * Throws FILE_OUTSIDE_VERSIONS and VERSION_PATH_NEEDED.
 */
export function chooseFolder(
  { root, folders }: VersionsFolders,
  hint: { readonly versionPath?: string; readonly parentPath?: string },
): string {
  const { versionPath, parentPath } = hint;
  const shown = folders.map((folder) => displayPath(folder, root));
  if (versionPath !== undefined) {
    const wanted = folders.find((folder) => folder === resolve(root, versionPath));
    return wanted ?? fail("FILE_OUTSIDE_VERSIONS", { file: versionPath, folders: shown });
  }
  const [first, ...others] = folders;
  if (first !== undefined && others.length === 0) return first;
  const ofParent = folders.find(
    (folder) => parentPath !== undefined && isInside(parentPath, folder),
  );
  return ofParent ?? fail("VERSION_PATH_NEEDED", { folders: shown });
}

/**
 * Write a new file below `folder` and return its path. Never overwrites, never leaves the folder. Throws
 * FILE_OUTSIDE_VERSIONS, FILE_EXISTS and FILE_UNWRITABLE.
 */
export function writeNewFile(
  { root, folders }: VersionsFolders,
  { folder, name, text }: { readonly folder: string; readonly name: string; readonly text: string },
): string {
  const path = resolve(folder, name);
  const file = displayPath(path, root);
  if (!isInside(path, folder)) {
    const shown = folders.map((each) => displayPath(each, root));
    fail("FILE_OUTSIDE_VERSIONS", { file, folders: shown });
  }
  if (existsSync(path)) fail("FILE_EXISTS", { file }, { location: file });
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    fail("FILE_UNWRITABLE", { file, why }, { cause });
  }
  return path;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}
