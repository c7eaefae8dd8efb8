import { realpathSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, extname, isAbsolute, resolve as join } from "node:path";
import { fileURLToPath } from "node:url";
import { JAVASCRIPT, MEANT, TYPESCRIPT } from "./extensions.ts";
import { createSearch, isInstalled } from "./search.ts";

/** What a specifier stands for, and so who evaluates it. */
export type Target =
  /** A module of the tool itself. */
  | { readonly kind: "tool"; readonly name: string }
  /** Imported by Node: `path` is a file, or `node:…`. */
  | { readonly kind: "native"; readonly path: string }
  /** A file of the project: evaluated here. */
  | { readonly kind: "project"; readonly path: string }
  | { readonly kind: "missing"; readonly why: string };

/** Finds modules as TypeScript and Node do. */
export interface Resolver {
  find(specifier: string, from: string): Target;
}

/** A resolver; `tools` are the specifiers that the tool answers itself. */
export function createResolver(tools: ReadonlySet<string>): Resolver {
  const search = createSearch();
  return {
    find(specifier, from) {
      if (tools.has(specifier)) return { kind: "tool", name: specifier };
      if (isBuiltin(specifier)) return { kind: "native", path: nodeName(specifier) };
      if (specifier.startsWith("data:")) return { kind: "native", path: specifier };
      const wanted = specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
      const exact = exactFile(wanted, from);
      if (exact !== undefined) return targetOf(exact, true);
      const found = search(wanted, dirname(from));
      if (found.path === undefined) return { kind: "missing", why: found.error ?? "" };
      return targetOf(found.path, !isInstalled(found.packageJsonPath ?? ""));
    },
  };
}

function nodeName(specifier: string): string {
  return specifier.startsWith("node:") ? specifier : `node:${specifier}`;
}

/** A path with a known extension is looked up directly: most imports need no resolver, which takes 4 ms to load. */
function exactFile(specifier: string, from: string): string | undefined {
  if (!/^\.\.?\//.test(specifier) && !isAbsolute(specifier)) return undefined;
  const extension = extname(specifier);
  if (!isSource(extension) && extension !== ".json") return undefined;
  const path = join(dirname(from), specifier);
  const stem = path.slice(0, -extension.length);
  const meant = MEANT[extension] ?? [extension];
  const candidates = TYPESCRIPT.has(extname(from)) ? meant : [extension, ...meant];
  return firstFile(candidates.map((candidate) => stem + candidate));
}

function firstFile(paths: readonly string[]): string | undefined {
  for (const path of paths) {
    try {
      return realpathSync.native(path);
    } catch {}
  }
  return undefined;
}

function isSource(extension: string): boolean {
  return TYPESCRIPT.has(extension) || JAVASCRIPT.has(extension);
}

/** `own`: the file belongs to the project, rather than to a package that it has installed. */
function targetOf(path: string, own: boolean): Target {
  const extension = extname(path);
  const ours =
    TYPESCRIPT.has(extension) ||
    extension === ".json" ||
    (JAVASCRIPT.has(extension) && own && !isInstalled(path));
  return { kind: ours ? "project" : "native", path };
}
