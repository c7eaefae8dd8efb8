/** Which file a URL names. */
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail } from "../../errors.ts";

/** Where a database is. */
export interface Location {
  /** The path of the file, or ":memory:". */
  readonly path: string;
  readonly inMemory: boolean;
  /** The file as people know it: relative to the project where it is inside. */
  readonly shown: string;
}

/** The file that `url` names, looked up from `root`. */
export function locationOf(url: string, root: string): Location {
  const named = fileOf(url);
  if (named === "") fail("URL_INVALID", { url, why: "it names no file" });
  if (named === ":memory:") return { path: named, inMemory: true, shown: "the database in memory" };
  return { path: isAbsolute(named) ? named : join(root, named), inMemory: false, shown: named };
}

function fileOf(url: string): string {
  const sqlite = /^sqlite:(?:\/\/)?(.*)$/is.exec(url);
  if (sqlite) return sqlite[1] ?? "";
  const bare = url.replace(/[?#].*$/s, "");
  // Only a URL with slashes is one that Node reads: file:data/dev.db is a path.
  if (/^file:\/\//i.test(bare)) return withSlashes(bare, url);
  return decoded(bare.replace(/^file:/i, ""), url);
}

function withSlashes(bare: string, url: string): string {
  try {
    return fileURLToPath(bare);
  } catch (cause) {
    return fail("URL_INVALID", { url, why: (cause as Error).message });
  }
}

function decoded(path: string, url: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return fail("URL_INVALID", { url, why: "it has a % that stands for no character" });
  }
}
