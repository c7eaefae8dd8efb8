import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ReadProblem } from "./problem.ts";

/**
 * Finds the file behind a path: one file is one module, however it is reached, and links are followed, as Node does. The
 * files of a project are in few folders, and following all of the links on the way costs as much as reading a file.
 */
export function realFiles(): (path: string) => string {
  const folders = new Map<string, string>();
  return (path) => {
    try {
      if (lstatSync(path).isSymbolicLink()) return realpathSync.native(path);
      const folder = dirname(path);
      const real = folders.get(folder) ?? realpathSync.native(folder);
      folders.set(folder, real);
      return join(real, basename(path));
    } catch (cause) {
      throw new ReadProblem(cause);
    }
  };
}
