import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

const types = new Map<string, boolean>();

/** True where Node and TypeScript would take the file for CommonJS: by its extension, else by its package.json. */
export function isCommonJs(path: string): boolean {
  const extension = extname(path);
  if (extension === ".cjs" || extension === ".cts") return true;
  if (extension === ".mjs" || extension === ".mts") return false;
  return isCommonJsFolder(dirname(path));
}

function isCommonJsFolder(folder: string): boolean {
  const known = types.get(folder);
  if (known !== undefined) return known;
  const above = dirname(folder);
  const type = packageType(folder);
  const found =
    type === undefined && above !== folder ? isCommonJsFolder(above) : type !== "module";
  types.set(folder, found);
  return found;
}

/** What the package.json of this very folder says; undefined if there is none. */
function packageType(folder: string): string | undefined {
  try {
    return String(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).type);
  } catch {
    return undefined;
  }
}
