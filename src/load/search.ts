import { createRequire } from "node:module";
import { sep } from "node:path";
import type { NapiResolveOptions, ResolveResult, ResolverFactory } from "oxc-resolver";
import { JAVASCRIPT, MEANT, TYPESCRIPT } from "./extensions.ts";
import { nearestTsconfig } from "./tsconfig.ts";

/** Looks a specifier up for the files of a folder. */
export type Search = (specifier: string, folder: string) => ResolveResult;

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

/** True for the files of installed packages, which are left to Node. */
export function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** The search of oxc-resolver, loaded when it is first needed, with the `paths` of the nearest tsconfig.json. */
export function createSearch(): Search {
  const search = createUncachedSearch();
  const found = new Map<string, ResolveResult>();
  return (specifier, folder) => {
    const key = `${folder}\0${specifier}`;
    const result = found.get(key) ?? search(specifier, folder);
    found.set(key, result);
    return result;
  };
}

function createUncachedSearch(): Search {
  const resolvers = createResolvers();
  const withoutTsconfig: Search = (specifier, folder) =>
    resolvers("typescript", asTypeScript).sync(folder, specifier);

  const withTsconfig: Search = (specifier, folder) => {
    const configFile = nearestTsconfig(folder);
    if (configFile === undefined) return withoutTsconfig(specifier, folder);
    const options = { ...asTypeScript, tsconfig: { configFile, references: "auto" as const } };
    const found = resolvers(configFile, options).sync(folder, specifier);
    // A tsconfig.json that cannot be read, say one that extends a package which production does not install,
    // is no reason to find nothing.
    return found.path === undefined ? withoutTsconfig(specifier, folder) : found;
  };

  return (specifier, folder) => {
    const found = withTsconfig(specifier, folder);
    if (found.path === undefined || !isInstalled(found.path)) return found;
    // In an installed package index.js means index.js, though index.ts may lie beside it.
    const plain = resolvers("node", asNode).sync(folder, specifier);
    return plain.path === undefined ? found : plain;
  };
}

/** One resolver per set of options, by `key`; a clone of one would keep the tsconfig of the other. */
function createResolvers(): (key: string, options: NapiResolveOptions) => ResolverFactory {
  const made = new Map<string, ResolverFactory>();
  return (key, options) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const require = createRequire(import.meta.url);
    const { ResolverFactory } = require("oxc-resolver") as typeof import("oxc-resolver");
    const resolver = new ResolverFactory(options);
    made.set(key, resolver);
    return resolver;
  };
}
