import type { ModuleCache } from "./cache/cache.ts";
import type { Culprit } from "./failure.ts";
import type { Sources } from "./link.ts";
import { createModule, finish, type Module, waits } from "./module.ts";
import type { Resolver } from "./resolve.ts";
import { run, runNow } from "./run.ts";
import { projectPlace } from "./stack.ts";
import type { Tools } from "./tools.ts";

/** Who wants a module, and what is in its file where that is known. */
interface Entrance {
  readonly importer?: Module;
  readonly text?: string | undefined;
}

/** The modules of a project: each is evaluated once, and none waits for itself. */
export class ModuleGraph implements Sources {
  readonly resolver: Resolver;
  readonly tools: Tools;
  readonly cache: ModuleCache;
  readonly #modules = new Map<string, Module>();
  readonly #culprits = new Map<unknown, Culprit>();

  constructor({ resolver, tools, cache }: Pick<Sources, "resolver" | "tools" | "cache">) {
    this.resolver = resolver;
    this.tools = tools;
    this.cache = cache;
  }

  async enter(path: string, { importer, text }: Entrance = {}): Promise<Module> {
    const module = this.#moduleAt(path);
    if (module.state === "new") module.text ??= text;
    // A cycle: waiting would be forever, so the importer gets what is there so far, as ES modules have it.
    if (importer !== undefined && waits(module, importer)) return module;
    importer?.waitsFor.add(module);
    try {
      if (module.state === "new") module.done = this.#settle(module);
      await module.done;
    } finally {
      importer?.waitsFor.delete(module);
    }
    if (module.state === "failed") throw module.problem;
    return module;
  }

  enterNow(path: string): Module {
    const module = this.#moduleAt(path);
    if (module.state === "new") this.#settleNow(module);
    if (module.state === "failed") throw module.problem;
    return module;
  }

  blame(thrown: unknown, importer: Module, origin: Error): void {
    if (this.#culprits.has(thrown)) return;
    this.#culprits.set(thrown, { path: importer.path, place: projectPlace(origin) });
  }

  /** The module in which `thrown` came up. */
  culprit(thrown: unknown): Culprit | undefined {
    return this.#culprits.get(thrown);
  }

  #moduleAt(path: string): Module {
    const module = this.#modules.get(path) ?? createModule(path);
    this.#modules.set(path, module);
    return module;
  }

  /** Never rejects: who waits for the module finds its problem there. */
  async #settle(module: Module): Promise<void> {
    try {
      module.state = "running";
      await run(module, this);
      finish(module);
    } catch (thrown) {
      this.#fail(module, thrown);
    }
  }

  #settleNow(module: Module): void {
    try {
      module.state = "running";
      runNow(module, this);
      finish(module);
    } catch (thrown) {
      this.#fail(module, thrown);
    }
  }

  #fail(module: Module, thrown: unknown): void {
    module.state = "failed";
    module.problem = thrown;
    if (!this.#culprits.has(thrown)) this.#culprits.set(thrown, { path: module.path });
  }
}
