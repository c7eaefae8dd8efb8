import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const nearest = new Map<string, string | undefined>();

/** The tsconfig.json that governs the files of `folder`: its own, or that of the nearest folder above. */
export function nearestTsconfig(folder: string): string | undefined {
  if (nearest.has(folder)) return nearest.get(folder);
  const own = join(folder, "tsconfig.json");
  const above = dirname(folder);
  const found = existsSync(own) ? own : above === folder ? undefined : nearestTsconfig(above);
  nearest.set(folder, found);
  return found;
}

/** The decorators that `compilerOptions` ask for. */
export interface DecoratorOptions {
  readonly legacy: boolean;
  readonly emitDecoratorMetadata: boolean;
}

/** How the files of `folder` want their decorators compiled. */
export function decoratorOptions(folder: string): DecoratorOptions {
  const file = nearestTsconfig(folder);
  const says = (name: string) => file !== undefined && compilerOption(file, name) === true;
  return {
    legacy: says("experimentalDecorators"),
    emitDecoratorMetadata: says("emitDecoratorMetadata"),
  };
}

interface Tsconfig {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
}

function compilerOption(file: string, name: string, seen: readonly string[] = []): unknown {
  const config = seen.includes(file) ? undefined : readTsconfig(file);
  const own = config?.compilerOptions?.[name];
  if (config === undefined || own !== undefined) return own;
  const bases = [config.extends ?? []].flat().reverse();
  for (const base of bases) {
    const path = baseFile(base, file);
    const inherited = path && compilerOption(path, name, [...seen, file]);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function readTsconfig(file: string): Tsconfig | undefined {
  try {
    return JSON.parse(withoutComments(readFileSync(file, "utf8").replace(/^\uFEFF/, "")));
  } catch {
    return undefined;
  }
}

/** The JSON in a JSON-with-comments text: no comments, no trailing commas; strings stay as they are. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string) => string ?? "")
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string) => string ?? "");
}

function baseFile(base: string, from: string): string | undefined {
  const { resolve } = createRequire(from);
  for (const candidate of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const path = resolve(candidate);
      if (path.endsWith(".json")) return path;
    } catch {}
  }
  return undefined;
}
