/** What was made of the modules of a project, kept for the next run. Nothing but the time of a run depends on it. */
import { basename, dirname } from "node:path";
import { transformKey } from "../transform.ts";
import type { Compiled } from "./entry.ts";
import { cacheFolder } from "./folder.ts";
import { type Made, openShelf, type Shelf } from "./shelf.ts";
import { cacheVersion } from "./version.ts";

export interface ModuleCache {
  /** What an earlier run made of a module that had just this source. */
  find(path: string, source: string): Compiled | undefined;
  /** Keep what this run made of it. */
  keep(path: string, source: string, made: Made): void;
  /** Write what is new: at the end, when V8 has compiled all that was called. */
  save(): void;
}

/** The cache of the project in `root`; where there is no place for one, it is empty. Opened when it is first used. */
export function openCache(root: string): ModuleCache {
  const shelves = new Map<string, Shelf>();
  let opened: Opened | null | undefined;

  function shelfOf(path: string): Shelf | undefined {
    const folder = dirname(path);
    const known = shelves.get(folder);
    if (known !== undefined) return known;
    opened ??= open(root);
    const shelf = opened && openShelf(opened.folder, opened.version, folder);
    if (shelf !== null) shelves.set(folder, shelf);
    return shelf ?? undefined;
  }

  return {
    find: (path, source) => shelfOf(path)?.find(basename(path), transformKey(path, source)),
    keep: (path, source, made) =>
      shelfOf(path)?.keep(basename(path), transformKey(path, source), made),
    save() {
      try {
        for (const shelf of shelves.values()) shelf.save();
      } catch {
        // A folder that went meanwhile, a full disk: the next run takes its time.
      }
      shelves.clear();
    },
  };
}

interface Opened {
  readonly folder: string;
  readonly version: string;
}

function open(root: string): Opened | null {
  const folder = cacheFolder(root);
  // A failure is traced to its source by the transformer, which then has to be loaded without waiting for it.
  if (folder === undefined || !process.features.require_module) return null;
  return { folder, version: cacheVersion() };
}
