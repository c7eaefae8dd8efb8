/** The schema files that a config names. */
import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fail } from "../../errors.ts";
import type { DialectName } from "../../model/schema.ts";
import { isPattern, patternToTest, splitPattern } from "./pattern.ts";

/** One path or pattern, or several. */
type Paths = string | readonly string[];

/** `schema` of a config. */
type SchemaPaths = { readonly [Dialect in DialectName]?: Paths };

/** What the config says for `dialect`. Throws SCHEMA_NOT_CONFIGURED. */
export function pathsFor(schema: SchemaPaths | undefined, dialect: DialectName): readonly string[] {
  const paths = schema?.[dialect];
  return paths === undefined ? fail("SCHEMA_NOT_CONFIGURED", { dialect }) : [paths].flat();
}

/**
 * The files at `paths`, absolute, each once, in order. As drizzle-kit has it, a folder stands for the files that are
 * directly in it. Throws SCHEMA_FILE_MISSING for a path that stands for none.
 */
export function findFiles(paths: readonly string[], root: string): readonly string[] {
  const found = paths.flatMap((path) => {
    const files = filesAt(path.replaceAll("\\", "/"), root);
    return files.length > 0 ? files : fail("SCHEMA_FILE_MISSING", { path, root });
  });
  return [...new Set(found)];
}

function filesAt(path: string, root: string): readonly string[] {
  const file = resolve(root, path);
  // First as it is: names such as `(shop)` and `[id]` are folders of some frameworks.
  const kind = kindOf(file);
  if (kind === "file") return [file];
  if (kind === "folder") return sourcesIn(file);
  return isPattern(path) ? matching(path, root) : [];
}

function kindOf(path: string): "file" | "folder" | null {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return null;
  return entry.isDirectory() ? "folder" : "file";
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .filter(isSource)
    .map((name) => join(folder, name))
    .filter((path) => kindOf(path) === "file");
}

/** TypeScript and JavaScript, but no declarations. */
function isSource(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
}

function matching(path: string, root: string): readonly string[] {
  const { folder, pattern } = splitPattern(path);
  const start = resolve(root, folder);
  const fits = patternToTest(pattern);
  const found = below(start).filter((it) => fits(relative(start, it).replaceAll("\\", "/")));
  return found.flatMap((it) => (kindOf(it) === "folder" ? sourcesIn(it) : [it]));
}

/** Everything below a folder, except what is hidden or installed. */
function below(folder: string): readonly string[] {
  if (kindOf(folder) !== "folder") return [];
  const names = readdirSync(folder).sort();
  return names.flatMap((name) => {
    if (name.startsWith(".") || name === "node_modules") return [];
    const path = join(folder, name);
    if (kindOf(path) === "folder") return [path, ...below(path)];
    return isSource(name) ? [path] : [];
  });
}
