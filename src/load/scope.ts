import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Scope } from "./evaluate.ts";
import { type Import, importFrom, importNow, resolveUrl, type Sources } from "./link.ts";
import { type Module, moduleOf } from "./module.ts";
import { copyStar } from "./namespace.ts";
import { createProjectRequire } from "./require.ts";
import type { Transformed } from "./transform.ts";

/** How a module is being run, and which of the costlier things its code uses. */
export interface Run extends Pick<Transformed, "requires" | "readsMeta"> {
  /** Somebody require()d it: its imports cannot wait. */
  readonly required: boolean;
}

/** What the code of a module can reach besides the globals. */
export function createScope(module: Module, sources: Sources, run: Run): Scope {
  const { path } = module;
  const asked = (specifier: string, names?: Import["names"]): Import => ({
    importer: module,
    specifier,
    names,
  });
  const load = run.required ? importNow : importFrom;
  return {
    exports: module.exports,
    import: (specifier, wanted) => load(sources, asked(specifier, wanted?.importedNames)),
    dynamicImport: async (specifier) => importFrom(sources, asked(String(specifier))),
    exportAll: (from) => exportAll(module, from),
    meta: run.readsMeta ? metaOf(module, sources) : undefined,
    require: run.requires ? requireOf(module, sources) : undefined,
    module: module.commonJs,
    filename: path,
    dirname: dirname(path),
  };
}

function exportAll(module: Module, from: object): void {
  copyStar(from, module.exports);
  moduleOf(from)?.starredBy.add(module);
}

function metaOf(module: Module, sources: Sources): ImportMeta {
  return {
    url: pathToFileURL(module.path).href,
    filename: module.path,
    dirname: dirname(module.path),
    resolve: (specifier) => resolveUrl(sources, specifier, module),
  };
}

function requireOf({ path }: Module, sources: Sources): (specifier: string) => unknown {
  return createProjectRequire(path, {
    resolver: sources.resolver,
    tools: sources.tools,
    project(target) {
      const { style, commonJs, exports } = sources.enterNow(target);
      return style === "commonjs" ? commonJs.exports : exports;
    },
  });
}
