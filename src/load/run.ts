import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { Compiled } from "./cache/entry.ts";
import { compile, evaluate, mannerOf } from "./evaluate.ts";
import { parseJson } from "./json.ts";
import type { Sources } from "./link.ts";
import type { Module } from "./module.ts";
import { ReadProblem } from "./problem.ts";
import { createScope } from "./scope.ts";
import { registerTrace } from "./stack.ts";
import { createTrace } from "./trace.ts";
import { loadTransformer, type Transformed, transformerNow } from "./transform.ts";

/** Run a module and what it imports. */
export async function run(module: Module, sources: Sources): Promise<void> {
  if (isJson(module)) {
    runJson(module);
    return;
  }
  const source = sourceOf(module);
  const found = sources.cache.find(module.path, source);
  const made = found ?? (await loadTransformer()).transform(module.path, source);
  if (made.requires) await sources.tools.loadAll();
  await start(module, { source, made, required: false, sources });
}

/** Run a module that is require()d: neither it nor what it imports can wait. */
export function runNow(module: Module, sources: Sources): void {
  if (isJson(module)) {
    runJson(module);
    return;
  }
  const source = sourceOf(module);
  const found = sources.cache.find(module.path, source);
  const made = found ?? transformerNow().transform(module.path, source);
  start(module, { source, made, required: true, sources });
}

function isJson({ path }: Module): boolean {
  return extname(path) === ".json";
}

function runJson(module: Module): void {
  module.style = "commonjs";
  module.commonJs.exports = parseJson(sourceOf(module));
}

interface Start {
  readonly source: string;
  /** From the cache it comes with its bytecode. */
  readonly made: Transformed & Partial<Pick<Compiled, "manner" | "bytecode">>;
  /** Somebody require()d the module. */
  readonly required: boolean;
  readonly sources: Sources;
}

function start(module: Module, { source, made, required, sources }: Start): unknown {
  const { path } = module;
  const { code, style } = made;
  const trace = createTrace(() => transformerNow().maps(path, source));
  registerTrace(path, trace);
  module.style = style;
  const manner = mannerOf(style, required);
  const bytecode = made.manner === manner ? made.bytecode : undefined;
  const script = compile({ path, code, manner, trace, bytecode });
  if (script.cachedDataRejected !== false) {
    sources.cache.keep(path, source, { ...made, manner, script });
  }
  return evaluate(script, manner, createScope(module, sources, { ...made, required }));
}

/** Given as a text, Node makes these options anew for every file. */
const asText = { encoding: "utf8", flag: "r" } as const;

function sourceOf(module: Module): string {
  const text = module.text ?? readText(module.path);
  module.text = undefined;
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function readText(path: string): string {
  try {
    return readFileSync(path, asText);
  } catch (cause) {
    throw new ReadProblem(cause);
  }
}
