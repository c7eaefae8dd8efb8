import { resolve as absolute } from "node:path";
import { openCache } from "./cache/cache.ts";
import { asFailure } from "./failure.ts";
import { ModuleGraph } from "./graph.ts";
import { namespaceOf } from "./link.ts";
import { realFiles } from "./real-file.ts";
import { createResolver } from "./resolve.ts";
import { createTools } from "./tools.ts";

/** Runs the modules of a project, in TypeScript or JavaScript, each of them once. */
export interface Loader {
  /** Run a module of the project and give what it exports. `text` is what is in the file, where that was read already. */
  import(path: string, text?: string): Promise<Readonly<Record<string, unknown>>>;
  /** Where `specifier` leads from a file of the project, as import() would find it; undefined if nowhere. */
  resolve(specifier: string, from: string): string | undefined;
  /** Keep what was made of the modules for the next run. To be called once, at the end. */
  save(): void;
}

/** What a loader has to know. */
export interface LoaderOptions {
  /** The folder of the project: relative paths start here, and failures are told relative to it. */
  readonly root: string;
  /** Modules given by the tool itself, so that a revision always gets the running tool's own copy. */
  readonly builtins: Readonly<Record<string, () => Promise<object>>>;
}

/** A loader for the project in `root`. Costs nothing until it is asked for something. */
export function createLoader({ root, builtins }: LoaderOptions): Loader {
  const resolver = createResolver(new Set(Object.keys(builtins)));
  const cache = openCache(root);
  const graph = new ModuleGraph({ resolver, tools: createTools(builtins), cache });
  const realFile = realFiles();

  return {
    async import(path, text) {
      const file = absolute(root, path);
      try {
        const module = await graph.enter(realFile(file), { text });
        return namespaceOf(module, { names: undefined, compiledDefault: () => true });
      } catch (thrown) {
        throw asFailure(thrown, graph.culprit(thrown) ?? { path: file }, root);
      }
    },
    resolve(specifier, from) {
      const target = resolver.find(specifier, absolute(root, from));
      if (target.kind === "missing") return undefined;
      return target.kind === "tool" ? target.name : target.path;
    },
    save: () => cache.save(),
  };
}
