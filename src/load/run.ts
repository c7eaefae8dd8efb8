import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { compile, mannerOf } from "./evaluate.ts";
import { parseJson } from "./json.ts";
import type { Sources } from "./link.ts";
import type { Module } from "./module.ts";
import { ReadProblem } from "./problem.ts";
import { createScope } from "./scope.ts";
import { registerTrace } from "./stack.ts";
import { createTrace, type Trace } from "./trace.ts";
import {
  loadedTransformer,
  loadTransformer,
  type Transformed,
  type Transformer,
} from "./transform.ts";

/** Run a module and what it imports. */
export async function run(module: Module, sources: Sources): Promise<void> {
  if (isJson(module)) {
    runJson(module);
    return;
  }
  const prepared = prepare(module, await loadTransformer());
  if (prepared.requires) await sources.tools.loadAll();
  await start(module, prepared, { required: false, sources });
}

/** Run a module that is require()d: neither it nor what it imports can wait. */
export function runNow(module: Module, sources: Sources): void {
  if (isJson(module)) runJson(module);
  else start(module, prepare(module, loadedTransformer()), { required: true, sources });
}

function isJson({ path }: Module): boolean {
  return extname(path) === ".json";
}

function runJson(module: Module): void {
  module.style = "commonjs";
  module.commonJs.exports = parseJson(readSource(module.path));
}

interface Prepared extends Transformed {
  readonly trace: Trace;
}

function prepare(module: Module, transformer: Transformer): Prepared {
  const { path } = module;
  const source = readSource(path);
  const transformed = transformer.transform(path, source);
  const trace = createTrace(() => transformer.maps(path, source));
  registerTrace(path, trace);
  module.style = transformed.style;
  return { ...transformed, trace };
}

interface Start {
  /** Somebody require()d the module. */
  readonly required: boolean;
  readonly sources: Sources;
}

function start(module: Module, prepared: Prepared, { required, sources }: Start): unknown {
  const { code, style, trace } = prepared;
  const run = compile({ path: module.path, code, manner: mannerOf(style, required), trace });
  return run(createScope(module, sources, { ...prepared, required }));
}

function readSource(path: string): string {
  try {
    const text = readFileSync(path, "utf8");
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch (cause) {
    throw new ReadProblem(cause);
  }
}
