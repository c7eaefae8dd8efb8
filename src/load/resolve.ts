import { realpathSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, extname, isAbsolute, resolve as join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { NapiResolveOptions, ResolveResult, ResolverFactory } from "oxc-resolver";
import { nearestTsconfig } from "./tsconfig.ts";

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

const TYPESCRIPT = new Set([".ts", ".tsx", ".mts", ".cts"]);
const JAVASCRIPT = new Set([".js", ".jsx", ".mjs", ".cjs"]);

/** The files that a written extension may mean, the source before what was made of it. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

const asNode: NapiResolveOptions = {
  // Node itself takes `module-sync` where it can require() an ES module.
  conditionNames: ["node", "import", "module-sync", "node-addons"],
  nodePath: false,
};

const asTypeScript: NapiResolveOptions = {
  ...asNode,
  extensions: [...TYPESCRIPT, ...JAVASCRIPT, ".json"],
  extensionAlias: Object.fromEntries(Object.entries(MEANT).map(([from, to]) => [from, [...to]])),
};

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
      return exact === undefined ? search(wanted, from) : evaluator(exact, true);
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
function evaluator(path: string, own: boolean): Target {
  const extension = extname(path);
  const ours =
    TYPESCRIPT.has(extension) ||
    extension === ".json" ||
    (JAVASCRIPT.has(extension) && own && !isInstalled(path));
  return { kind: ours ? "project" : "native", path };
}

function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** The search of oxc-resolver, loaded when it is first needed, with the `paths` of the nearest tsconfig.json. */
function createSearch(): (specifier: string, from: string) => Target {
  const factories = new Map<string | undefined, ResolverFactory>();
  const require = createRequire(import.meta.url);

  function factory(key: string | undefined, options: NapiResolveOptions): ResolverFactory {
    const known = factories.get(key);
    if (known !== undefined) return known;
    const { ResolverFactory } = require("oxc-resolver") as typeof import("oxc-resolver");
    const made = new ResolverFactory(options);
    factories.set(key, made);
    return made;
  }

  function withTsconfig(specifier: string, folder: string): ResolveResult {
    const configFile = nearestTsconfig(folder);
    if (configFile === undefined) return withoutTsconfig(specifier, folder);
    const tsconfig = { configFile, references: "auto" as const };
    const found = factory(configFile, { ...asTypeScript, tsconfig }).sync(folder, specifier);
    // A tsconfig.json that cannot be read, say one that extends a package which production does not install,
    // is no reason to find nothing.
    return found.path === undefined ? withoutTsconfig(specifier, folder) : found;
  }

  function withoutTsconfig(specifier: string, folder: string): ResolveResult {
    return factory("", asTypeScript).sync(folder, specifier);
  }

  return (specifier, from) => {
    const folder = dirname(from);
    let found = withTsconfig(specifier, folder);
    // In an installed package index.js means index.js, though index.ts may lie beside it.
    if (found.path !== undefined && isInstalled(found.path)) {
      const plain = factory(undefined, asNode).sync(folder, specifier);
      if (plain.path !== undefined) found = plain;
    }
    if (found.path === undefined) return { kind: "missing", why: found.error ?? "" };
    return evaluator(found.path, !isInstalled(found.packageJsonPath ?? ""));
  };
}
