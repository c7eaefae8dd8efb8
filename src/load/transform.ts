import { hash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, extname } from "node:path";
import type { HelperMode, OxcError } from "oxc-transform";
import { byteToIndex, type Position, positionAt } from "./position.ts";
import { SyntaxProblem } from "./problem.ts";
import { createTrace, type RawMap } from "./trace.ts";
import { decoratorOptions } from "./tsconfig.ts";

type Oxc = typeof import("oxc-transform");

/**
 * A module as it is run: its imports and exports are calls of the names in `evaluate.ts` (the form of Vite's module
 * runner), or, with no such call in it, it is a CommonJS file.
 */
export interface Transformed {
  readonly code: string;
  readonly style: "esm" | "commonjs";
  /** It calls require(), or at least says so. */
  readonly requires: boolean;
  /** It reads `import.meta`. */
  readonly readsMeta: boolean;
}

/** Turns the text of a file into a form that can be run. */
export interface Transformer {
  transform(path: string, source: string): Transformed;
  /** The source maps of what `transform` did, the last step's first. They cost as much again: for failures only. */
  maps(path: string, source: string): readonly RawMap[];
}

let loading: Promise<Transformer> | undefined;
let loaded: Transformer | undefined;

/** The transformer; its native library, 4 MB, is loaded when this is first called. */
export async function loadTransformer(): Promise<Transformer> {
  loading ??= import("oxc-transform").then(createTransformer);
  loaded = await loading;
  return loaded;
}

/** The same for who cannot wait: what is require()d, and a stack that is being read. */
export function transformerNow(): Transformer {
  loaded ??= createTransformer(createRequire(import.meta.url)("oxc-transform"));
  return loaded;
}

/** Stands for all that has a say in what is made of `source`, but for the transformer itself. */
export function transformKey(path: string, source: string): string {
  const decorators = mentionsDecorator(source) ? decoratorOptions(dirname(path)) : null;
  return hash("sha256", decorators ? `${JSON.stringify(decorators)}\n${source}` : source);
}

function createTransformer(oxc: Oxc): Transformer {
  return {
    transform(path, source) {
      const { type, runner } = twoSteps(oxc, { path, source, sourcemap: false });
      const { code } = runner;
      return {
        code,
        style: styleOf(path, type, code),
        requires: /\brequire\b/.test(code),
        readsMeta: code.includes("__vite_ssr_import_meta__"),
      };
    },
    maps(path, source) {
      const { runner, script } = twoSteps(oxc, { path, source, sourcemap: true });
      return [runner.map, script.map].filter((map) => map !== undefined);
    },
  };
}

interface Input {
  readonly path: string;
  readonly source: string;
  readonly sourcemap: boolean;
}

interface Script {
  readonly type: SourceType;
  readonly code: string;
  readonly map?: RawMap;
}

/** TypeScript to JavaScript, then to the runner's form: the second step aborts the process on TypeScript. */
function twoSteps(oxc: Oxc, input: Input) {
  const script = toScript(oxc, input);
  const code = splitImports(script.code);
  const { sourcemap } = input;
  const runner = oxc.moduleRunnerTransformSync(RUNNER_NAME[script.type], code, { sourcemap });
  const refused = firstError(runner.errors);
  if (refused !== undefined) {
    const place = placeOf(refused, code);
    const trace = createTrace(() =>
      [toScript(oxc, { ...input, sourcemap: true }).map].filter((map) => map !== undefined),
    );
    throw new SyntaxProblem(refused.message, place && trace(place));
  }
  return { type: script.type, script, runner };
}

/** How a text is parsed. Each kind takes what another refuses: `for await`, `return` or `with` at the top. */
type SourceType = "unambiguous" | "module" | "commonjs";

/** The second step knows the kind of a source by a name only. */
const RUNNER_NAME = { unambiguous: "m.js", module: "m.mjs", commonjs: "m.cjs" } as const;

/** Try the kinds of source that the file can be, the likeliest first; the first complaint is the one to report. */
function toScript(oxc: Oxc, input: Input): Script {
  let problem: SyntaxProblem | undefined;
  for (const type of sourceTypes(input.path)) {
    const { code, map, errors } = parseAs(oxc, type, input);
    const refused = firstError(errors);
    if (refused === undefined) return { type, code, ...(map && { map }) };
    problem ??= new SyntaxProblem(refused.message, placeOf(refused, input.source));
  }
  throw problem ?? new Error(`${input.path} is of no known type`);
}

function sourceTypes(path: string): readonly SourceType[] {
  return /\.m[tj]s$/.test(path) ? ["module"] : ["unambiguous", "module", "commonjs"];
}

function parseAs(oxc: Oxc, sourceType: SourceType, { path, source, sourcemap }: Input) {
  return oxc.transformSync("module", source, {
    lang: languageOf(path),
    sourceType,
    sourcemap,
    ...(mentionsDecorator(source) && {
      decorator: decoratorOptions(dirname(path)),
      helpers: { mode: "External" as HelperMode.External },
    }),
  });
}

function languageOf(path: string): "ts" | "tsx" | "js" | "jsx" {
  const extension = extname(path);
  if (extension === ".tsx") return "tsx";
  if (extension === ".jsx") return "jsx";
  return /^\.[mc]?ts$/.test(extension) ? "ts" : "js";
}

/** Cheap and generous: a false alarm only costs a look into tsconfig.json. */
function mentionsDecorator(source: string): boolean {
  return source.includes("@") && /(?:^|[\s({};])@[\w$(]/.test(source);
}

function firstError(errors: readonly OxcError[]): OxcError | undefined {
  return errors.find(({ severity }) => `${severity}` === "Error");
}

function placeOf({ labels }: OxcError, text: string): Position | undefined {
  const start = labels[0]?.start;
  return start === undefined ? undefined : positionAt(text, byteToIndex(text, start));
}

/** moduleRunnerTransform (oxc 0.158) forgets `it` in `import it, * as all from "x"`; two imports it knows. */
function splitImports(code: string): string {
  return code.replace(
    /^import ([^\s,{*]+), \* as (\S+) from ("[^"\n]*")/gm,
    "import * as $2 from $3; import $1 from $3",
  );
}

const RUNNER_CALL = /__vite_ssr_(?:import__\(|exportAll__\(|import_meta__|exports__, )/;
const COMMONJS_USE =
  /\bmodule\s*[.[]|\bexports\s*[.[,]|\brequire\s*[.(]|\b__(?:filename|dirname)\b/;

function styleOf(path: string, type: SourceType, code: string): Transformed["style"] {
  if (RUNNER_CALL.test(code) || type === "module") return "esm";
  const commonJs = type === "commonjs" || /\.c[tj]s$/.test(path) || COMMONJS_USE.test(code);
  return commonJs ? "commonjs" : "esm";
}
