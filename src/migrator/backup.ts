/** The backup of an environment, before a run. */
import { spawnSync } from "node:child_process";
import type { Environment } from "../config/environment.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { maskedText } from "../dialects/mask.ts";
import { fail } from "../errors.ts";
import { displayPath } from "../revisions/display-path.ts";

/** A backup that was made. */
export interface Backup {
  /** The file, relative to the project where it is inside; null where a command knows it, or nothing was there yet. */
  readonly file: string | null;
  /** The command that made it, without passwords; null for mig's own. */
  readonly command: string | null;
}

/** Run the environment's backup command, or make the database's own backup. BACKUP_FAILED stops the run. */
export async function backUp(
  { backup, url }: Environment & { readonly backup: string },
  root: string,
  dialect: Dialect,
): Promise<Backup> {
  if (backup !== "auto") return runBackup(backup, url, root);
  const file = await dialect.backUp({ url, root });
  return { file: file && displayPath(file, root), command: null };
}

/** What the command says goes to stderr. */
function runBackup(backup: string, url: string, root: string): Backup {
  const command = maskedText(backup);
  const { status, signal, error } = spawnSync(backup, {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
    shell: true,
    stdio: ["ignore", 2, 2],
  });
  if (error) fail("BACKUP_FAILED", { command, why: maskedText(error.message) });
  if (status !== 0) {
    const why = signal ? `it was ended by ${signal}` : `it ended with code ${status}`;
    fail("BACKUP_FAILED", { command, why });
  }
  return { file: null, command };
}
