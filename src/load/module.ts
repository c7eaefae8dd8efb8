import { copyStar, createExports, type Exports, fillFromCommonJs } from "./namespace.ts";

/** A file of the project that is or was evaluated. */
export interface Module {
  readonly path: string;
  /** What is in the file, where somebody read it already; until it runs. */
  text: string | undefined;
  /** What `import` gives of it; filled while it runs. */
  readonly exports: Exports;
  /** The `module` that its code sees, for those that write module.exports. */
  readonly commonJs: { exports: unknown; readonly id: string; readonly filename: string };
  state: "new" | "running" | "ready" | "failed";
  style: "esm" | "commonjs";
  /** Settles when it has run; only there when it runs without being require()d. */
  done: Promise<void> | undefined;
  /** What it threw. */
  problem: unknown;
  /** The modules that it needs before it can go on. */
  readonly waitsFor: Set<Module>;
  /** The modules that `export * from` it. */
  readonly starredBy: Set<Module>;
}

const owners = new WeakMap<object, Module>();

/** The module that has these exports. */
export function moduleOf(exports: object): Module | undefined {
  return owners.get(exports);
}

/** A module that has not run yet. */
export function createModule(path: string): Module {
  const exports = createExports();
  const module = newModule(path, exports);
  owners.set(exports, module);
  return module;
}

function newModule(path: string, exports: Exports): Module {
  return {
    path,
    text: undefined,
    exports,
    commonJs: { exports: {}, id: path, filename: path },
    state: "new",
    style: "esm",
    done: undefined,
    problem: undefined,
    waitsFor: new Set(),
    starredBy: new Set(),
  };
}

/** True if `module` cannot go on before `other` has run, or is `other`. */
export function waits(module: Module, other: Module, seen = new Set<Module>()): boolean {
  if (module === other) return true;
  if (seen.has(module)) return false;
  seen.add(module);
  return [...module.waitsFor].some((next) => waits(next, other, seen));
}

/** The module has run: what it put into module.exports counts, and the names of `export *` are now all known. */
export function finish(module: Module): void {
  if (module.style === "commonjs" || wroteCommonJs(module)) {
    module.style = "commonjs";
    fillFromCommonJs(module.exports, () => module.commonJs.exports);
  }
  module.state = "ready";
  spreadStar(module);
}

/** `export =` in a file that also imports: an ES module by its look. */
function wroteCommonJs({ exports, commonJs }: Module): boolean {
  if (Object.keys(exports).length > 0) return false;
  const written = commonJs.exports;
  return typeof written !== "object" || written === null || Object.keys(written).length > 0;
}

/** In a cycle `export *` may run before the other module has its names: those come later. */
function spreadStar(module: Module): void {
  for (const dependent of module.starredBy) {
    if (copyStar(module.exports, dependent.exports)) spreadStar(dependent);
  }
}
