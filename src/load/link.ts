import { createRequire } from "node:module";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import type { ModuleCache } from "./cache/cache.ts";
import type { Module } from "./module.ts";
import {
  createExports,
  type Exports,
  fillFromCommonJs,
  type Wanted,
  withCommonJsNames,
} from "./namespace.ts";
import { isCommonJs } from "./package-type.ts";
import type { Resolver, Target } from "./resolve.ts";
import type { Tools } from "./tools.ts";

/** Where imported modules come from. */
export interface Sources {
  readonly resolver: Resolver;
  readonly tools: Tools;
  readonly cache: ModuleCache;
  /** A module of the project, run before it is given unless that would wait for `importer`. */
  enter(path: string, entrance: { readonly importer: Module }): Promise<Module>;
  enterNow(path: string): Module;
  /** `importer` could not load something from outside of the project, for which it asked at `origin`. */
  blame(thrown: unknown, importer: Module, origin: Error): void;
}

/** An import statement: who imports what. */
export interface Import {
  readonly importer: Module;
  readonly specifier: string;
  /** Undefined for all names. */
  readonly names: Wanted["names"];
}

/** The namespace that an import statement or `import()` gets. */
export async function importFrom(sources: Sources, it: Import): Promise<object> {
  const target = findTarget(sources, it);
  switch (target.kind) {
    case "tool":
      return sources.tools.load(target.name);
    case "project":
      return namespaceOf(await sources.enter(target.path, { importer: it.importer }), wantedBy(it));
    case "native": {
      const origin = new Error();
      try {
        return withCommonJsNames(await importNative(target.path), wantedBy(it));
      } catch (thrown) {
        sources.blame(thrown, it.importer, origin);
        throw thrown;
      }
    }
  }
}

/** The same for a module that is require()d, and so cannot wait. */
export function importNow(sources: Sources, it: Import): object {
  const target = findTarget(sources, it);
  switch (target.kind) {
    case "tool":
      return sources.tools.loaded(target.name);
    case "project":
      return namespaceOf(sources.enterNow(target.path), wantedBy(it));
    case "native": {
      const value: object = createRequire(it.importer.path)(target.path);
      if (types.isModuleNamespaceObject(value)) return value;
      return withCommonJsNames(
        fillFromCommonJs(createExports(), () => value),
        wantedBy(it),
      );
    }
  }
}

/** The URL of what `specifier` stands for in a file, as `import.meta.resolve` gives it. */
export function resolveUrl(sources: Sources, specifier: string, importer: Module): string {
  const target = findTarget(sources, { importer, specifier });
  if (target.kind === "tool") return target.name;
  return isAbsolute(target.path) ? pathToFileURL(target.path).href : target.path;
}

type Found = Exclude<Target, { kind: "missing" }>;

function findTarget(
  { resolver }: Sources,
  { importer, specifier }: Pick<Import, "importer" | "specifier">,
): Found {
  const target = resolver.find(specifier, importer.path);
  if (target.kind !== "missing") return target;
  // Code that makes do without a package looks at the code of Node's error.
  throw Object.assign(new Error(missing(specifier, target.why)), { code: "ERR_MODULE_NOT_FOUND" });
}

function missing(specifier: string, why: string): string {
  const reason = why.startsWith("Cannot find module") ? "" : `: ${why}`;
  return `it imports "${specifier}", which cannot be found${reason}`;
}

/** What a module offers to an import statement. */
export function namespaceOf(module: Module, wanted: Wanted): Exports {
  return module.style === "commonjs" ? withCommonJsNames(module.exports, wanted) : module.exports;
}

function wantedBy({ names, importer }: Import): Wanted {
  return { names, compiledDefault: () => isCommonJs(importer.path) };
}

function importNative(path: string): Promise<Exports> {
  const url = isAbsolute(path) ? pathToFileURL(path).href : path;
  return import(/* @vite-ignore */ url);
}
