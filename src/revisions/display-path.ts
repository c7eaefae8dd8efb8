import { relative, sep } from "node:path";

/** A path as messages and `--json` show it: relative to the project root, with forward slashes. */
export function displayPath(path: string, root: string): string {
  // `relative` resolves both paths anew: with thousands of files that costs as much as reading them.
  const shown = path.startsWith(root + sep) ? path.slice(root.length + 1) : relative(root, path);
  return sep === "/" ? shown : shown.replaceAll(sep, "/");
}
