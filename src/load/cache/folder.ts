/** The folder of the cache: packs, each replaced as a whole. Where it cannot be written, there is no cache. */
import { hash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { openPack } from "./pack.ts";

/**
 * Where the cache of the project in `root` is: in the nearest node_modules, which nobody commits or publishes, and which
 * goes when the packages do. Undefined where there is none.
 */
export function cacheFolder(root: string): string | undefined {
  const modules = join(root, "node_modules");
  if (existsSync(modules)) return join(modules, ".cache", "mig");
  const above = dirname(root);
  return above === root ? undefined : cacheFolder(above);
}

/** The pack of the modules in `folder`. */
export function packFile(cache: string, folder: string): string {
  return join(cache, `${hash("sha256", folder).slice(0, 32)}.pack`);
}

/** Write a pack, or what else is kept beside them. Another process may do the same: whoever is last wins, and nobody ever sees half of one. */
export function writePack(file: string, content: Buffer): void {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch {
    rmSync(draft, { force: true });
  }
}

/**
 * Remove the packs of folders that are gone, and what was left by a process that was killed while it wrote. What else is
 * kept here is nobody's pack.
 */
export function tidy(cache: string): void {
  for (const name of readdirSync(cache).filter((it) => it.includes(".pack"))) {
    const file = join(cache, name);
    const pack = openPack(file);
    pack?.close();
    const { folder = "" } = pack?.index ?? {};
    if (!existsSync(folder) && isOld(file)) rmSync(file, { force: true });
  }
}

/** A draft that is being written is young. */
function isOld(file: string): boolean {
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - changed > 60_000;
}
