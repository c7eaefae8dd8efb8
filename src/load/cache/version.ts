import { hash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";

/** Of everything that makes what is in the cache: this tool, its transformer, and V8 with its options. */
export function cacheVersion(): string {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  return hash("sha256", JSON.stringify([size, mtimeMs, transformer(), cachedDataVersionTag()]));
}

/** What the package of the transformer says of itself, without having Node resolve it, which takes longer than all else. */
function transformer(): string | undefined {
  for (const folder of createRequire(import.meta.url).resolve.paths("oxc-transform") ?? []) {
    try {
      return readFileSync(join(folder, "oxc-transform", "package.json"), "utf8");
    } catch {}
  }
  return undefined;
}
