import { Script } from "node:vm";
import { decoratorHelpers } from "./decorators.ts";
import type { Wanted } from "./namespace.ts";
import { SyntaxProblem } from "./problem.ts";
import type { Trace } from "./trace.ts";
import type { Transformed } from "./transform.ts";

/** What the code of a module calls for its imports and exports. The names are those of Vite's module runner. */
export interface Scope {
  readonly exports: object;
  readonly import: (specifier: string, wanted?: ImportedNames) => unknown;
  readonly dynamicImport: (specifier: unknown) => Promise<unknown>;
  readonly exportAll: (from: object) => void;
  readonly meta: ImportMeta | undefined;
  readonly require: unknown;
  readonly module: { exports: unknown };
  readonly filename: string;
  readonly dirname: string;
}

/** What the code says about an import statement; nothing of `importedNames` stands for all names. */
export interface ImportedNames {
  readonly importedNames?: NonNullable<Wanted["names"]>;
}

const NAMES = [
  "__vite_ssr_exports__",
  "__vite_ssr_import__",
  "__vite_ssr_dynamic_import__",
  "__vite_ssr_exportAll__",
  "__vite_ssr_import_meta__",
  "exports",
  "require",
  "module",
  "__filename",
  "__dirname",
  "babelHelpers",
].join(", ");

/** How a module is run: an ES module may wait, unless somebody require()s it. */
export type Manner = "commonjs" | "esm" | "required";

/** What has to be known to compile a module. */
export interface Compilation {
  readonly path: string;
  readonly code: string;
  readonly manner: Manner;
  readonly trace: Trace;
  /** What V8 made of just this code in an earlier run. */
  readonly bytecode: Buffer | undefined;
}

/** Compile a module. V8 has refused the bytecode where `cachedDataRejected` is true. */
export function compile({ path, code, manner, trace, bytecode }: Compilation): Script {
  try {
    // The wrapper is a line of its own before the first, so that lines and columns of the code keep their numbers.
    return new Script(wrap(code, manner), {
      filename: path,
      lineOffset: -1,
      cachedData: bytecode,
    });
  } catch (cause) {
    throw cause instanceof SyntaxError ? problemOf(cause, trace) : cause;
  }
}

/** Run a module. A promise comes back unless the manner is synchronous. */
export function evaluate(script: Script, manner: Manner, scope: Scope): unknown {
  const run: (...values: readonly unknown[]) => unknown = script.runInThisContext();
  return run.call(
    manner === "commonjs" ? scope.module.exports : undefined,
    scope.exports,
    scope.import,
    scope.dynamicImport,
    scope.exportAll,
    scope.meta,
    scope.module.exports,
    scope.require,
    scope.module,
    scope.filename,
    scope.dirname,
    decoratorHelpers,
  );
}

/** The engine refuses some of what the parser takes. Over its error it shows file:line, the line and a caret. */
function problemOf(cause: SyntaxError, trace: Trace): SyntaxProblem {
  const [, line, caret] = /^.*:(\d+)\n.*\n( *)\^/.exec(String(cause.stack)) ?? [];
  if (line === undefined || caret === undefined) return new SyntaxProblem(cause.message);
  const place = { line: Number(line), column: caret.length + 1 };
  return new SyntaxProblem(cause.message, trace(place), cause);
}

/** The style a module is run in, given how it is written and whether its importer can wait. */
export function mannerOf(style: Transformed["style"], required: boolean): Manner {
  if (style === "commonjs") return "commonjs";
  return required ? "required" : "esm";
}

/** An ES module gets a block, so that it may declare a `require` or `__dirname` of its own. */
function wrap(code: string, manner: Manner): string {
  const text = withoutHashbang(code);
  switch (manner) {
    case "commonjs":
      return `(function (${NAMES}) {\n${text}\n})`;
    case "esm":
      return `(async function (${NAMES}) { "use strict"; {\n${text}\n} })`;
    case "required":
      return `(function (${NAMES}) { "use strict"; {\n${withoutWaiting(text)}\n} })`;
  }
}

function withoutHashbang(code: string): string {
  return code.startsWith("#!") ? `//${code.slice(2)}` : code;
}

function withoutWaiting(code: string): string {
  return code.replace(/^(const __vite_ssr_import_\d+__ = )await (?=__vite_ssr_import__\()/gm, "$1");
}
