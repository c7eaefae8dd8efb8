import { readdirSync } from "node:fs";
import type { Script } from "node:vm";
import type { Manner } from "../evaluate.ts";
import type { Transformed } from "../transform.ts";
import { type Compiled, restore, type Stored, store } from "./entry.ts";
import { packFile, tidy, writePack } from "./folder.ts";
import { openPack, type Pack, packOf } from "./pack.ts";

/** What was made of a module in this run. */
export interface Made extends Transformed {
  readonly manner: Manner;
  readonly script: Script;
}

/** What is known of the modules of one folder: every command reads the config's pack, and few that of the revisions. */
export interface Shelf {
  find(name: string, key: string): Compiled | undefined;
  keep(name: string, key: string, made: Made): void;
  save(): void;
}

/** The shelf of `folder`; a pack of another version counts as none. */
export function openShelf(cache: string, version: string, folder: string): Shelf {
  const file = packFile(cache, folder);
  const pack = openUsable(file, version, folder);
  const known = new Map(pack?.index.entries.map((entry) => [entry.name, entry]));
  const fresh = new Map<string, Made & { readonly key: string }>();
  return {
    find(name, key) {
      const entry = known.get(name);
      const bytes = entry?.key === key ? pack?.bytesOf(entry) : undefined;
      return entry && bytes && restore({ entry, bytes });
    },
    keep(name, key, made) {
      fresh.set(name, { ...made, key });
    },
    save() {
      const worthwhile = isWorthwhile(fresh.size, known.size);
      const kept = worthwhile && pack ? keepable(pack, folder, fresh) : [];
      // Windows does not replace a file that is open.
      pack?.close();
      if (!worthwhile) return;
      writePack(file, packOf({ version, folder }, [...kept, ...[...fresh].map(storeMade)]));
      tidy(cache);
    },
  };
}

function openUsable(file: string, version: string, folder: string): Pack | undefined {
  const pack = openPack(file);
  if (pack?.index.version === version && pack.index.folder === folder) return pack;
  pack?.close();
  return undefined;
}

/** One new module among thousands is transformed again sooner than their pack is written. */
function isWorthwhile(fresh: number, known: number): boolean {
  return fresh * 20 > known;
}

/** What goes on being true: of files that are still there, and that this run has not made anew. */
function keepable(pack: Pack, folder: string, fresh: ReadonlyMap<string, unknown>): Stored[] {
  const files = new Set(readdirSync(folder));
  return pack.index.entries
    .filter(({ name }) => files.has(name) && !fresh.has(name))
    .flatMap((entry) => {
      const bytes = pack.bytesOf(entry);
      return bytes ? [{ entry, bytes }] : [];
    });
}

function storeMade([name, { key, script, ...made }]: [string, Made & { readonly key: string }]) {
  return store({ name, key }, { ...made, bytecode: script.createCachedData() });
}
