/**
 * That no file changed after it ran, once found out, holds until a file or the log is another one. So a command with
 * nothing to run need not read the log of a long history again. Nothing but the time of a run depends on it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, writePack } from "../load/cache/folder.ts";

export interface Agreement {
  /** Whether the files were found to agree with a database whose state has this name. */
  holds(database: string): boolean;
  keep(database: string): void;
}

/** Nothing is known, and nothing is kept. */
export const none: Agreement = { holds: () => false, keep: () => {} };

/** What is kept of a project: its files, and the databases that they agree with. */
interface Kept {
  readonly root: string;
  readonly files: string;
  readonly databases: readonly string[];
}

/** As many as there may be of projects, and of databases of one; the newest are kept. */
const atMost = 50;

/** What is known of the files with this hash, in the project in `root`. */
export function agreementOf(root: string, files: string): Agreement {
  const folder = cacheFolder(root);
  if (folder === undefined) return none;
  const place = join(folder, "agreed.json");
  const known = read(place).find((it) => it.root === root);
  const databases = known?.files === files ? known.databases : [];
  return {
    holds: (database) => databases.includes(database),
    keep(database) {
      const others = read(place).filter((it) => it.root !== root && existsSync(it.root));
      const own: Kept = { root, files, databases: [database, ...databases].slice(0, atMost) };
      const all = [own, ...others].slice(0, atMost);
      writePack(place, Buffer.from(JSON.stringify(all)));
    },
  };
}

function read(place: string): readonly Kept[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(place, "utf8"));
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(it: Partial<Kept> | null): it is Kept {
  return typeof it?.root === "string" && Array.isArray(it.databases);
}
