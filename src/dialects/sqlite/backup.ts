/** SQLite's online backup: a copy that is whole even while others write. https://www.sqlite.org/backup.html */
import { existsSync, statSync } from "node:fs";
import { saveTo } from "../backup-file.ts";
import type { ConnectTarget } from "../dialect.ts";
import { refuseToGoOn } from "../interruption.ts";
import { loadDriver } from "./driver.ts";
import { locationOf } from "./url.ts";

/** Copy the file of `url` to one beside it; null where there is none. */
export async function backUp({
  url,
  root,
  signal,
}: Pick<ConnectTarget, "url" | "root" | "signal">): Promise<string | null> {
  const { path, inMemory } = locationOf(url, root);
  if (inMemory || !existsSync(path)) return null;
  const Driver = loadDriver(root);
  const mode = statSync(path).mode & 0o777;
  return saveTo({ path, extension: "backup", mode }, async (file) => {
    const engine = new Driver(path, { fileMustExist: true });
    try {
      await engine.backup(file, { progress: () => step(signal) });
    } finally {
      engine.close();
    }
  });
}

/** The pages that are copied until signals come in again, as many as the driver takes by itself. */
function step(signal: AbortSignal | undefined): number {
  refuseToGoOn(signal);
  return 100;
}
