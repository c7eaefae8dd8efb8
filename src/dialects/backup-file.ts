/** A file for a backup that `backup: "auto"` asks for. */
import { rmSync, writeFileSync } from "node:fs";
import { fail, MigError } from "../errors.ts";
import { maskedText } from "./mask.ts";

/** Fill a new file whose name is `path` with the time in it; a part of a backup is never left behind. */
export async function saveTo(
  { path, extension, mode }: { path: string; extension: string; mode: number },
  fill: (file: string) => void | Promise<void>,
): Promise<string> {
  const file = `${path}.${new Date().toISOString().replaceAll(/[-:.]/g, "")}.${extension}`;
  let made = false;
  try {
    // Made first, for nobody else to read than who may read the database.
    writeFileSync(file, "", { mode, flag: "wx" });
    made = true;
    await fill(file);
    return file;
  } catch (cause) {
    if (made) rmSync(file, { force: true });
    // It was told to stop.
    if (cause instanceof MigError) throw cause;
    const why = maskedText(cause instanceof Error ? cause.message : String(cause));
    return fail("BACKUP_FAILED", { command: "auto", why }, { cause });
  }
}
