import { createRequire } from "node:module";
import type { Resolver } from "./resolve.ts";
import type { Tools } from "./tools.ts";

/** Who answers when a file of the project calls require(). */
export interface RequireSources {
  readonly resolver: Resolver;
  readonly tools: Tools;
  /** Run a file of the project now. */
  readonly project: (path: string) => unknown;
}

/** The `require` of a file: Node's own, except that it also finds the tool and the project's TypeScript. */
export function createProjectRequire(
  path: string,
  sources: RequireSources,
): (specifier: string) => unknown {
  const native = createRequire(path);

  function require(specifier: string): unknown {
    const target = sources.resolver.find(specifier, path);
    if (target.kind === "tool") return sources.tools.loaded(target.name);
    if (target.kind === "project") return sources.project(target.path);
    return native(specifier);
  }

  function resolve(specifier: string, options?: { paths?: string[] }): string {
    const target = sources.resolver.find(specifier, path);
    return target.kind === "project" ? target.path : native.resolve(specifier, options);
  }

  return Object.assign(require, {
    cache: native.cache,
    extensions: native.extensions,
    main: native.main,
    resolve: Object.assign(resolve, { paths: native.resolve.paths }),
  });
}
