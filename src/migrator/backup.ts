/** The backup of an environment, before a run. */
import type { Environment } from "../config/environment.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { maskedText } from "../dialects/mask.ts";
import { type Ended, runProgram } from "../dialects/program.ts";
import { fail, MigError } from "../errors.ts";
import { displayPath } from "../revisions/display-path.ts";

/** A backup that was made. */
export interface Backup {
  /** The file, relative to the project where it is inside; null where a command knows it, or nothing was there yet. */
  readonly file: string | null;
  /** The command that made it, without passwords; null for mig's own. */
  readonly command: string | null;
}

/** Where a backup is made, and what stops it. */
interface Place {
  readonly root: string;
  readonly dialect: Dialect;
  readonly signal: AbortSignal | undefined;
}

/** Run the environment's backup command, or make the database's own backup. BACKUP_FAILED stops the run. */
export async function backUp(
  { backup, url }: Environment & { readonly backup: string },
  { root, dialect, signal }: Place,
): Promise<Backup> {
  if (backup !== "auto") return runBackup(backup, url, { root, signal });
  const file = await dialect.backUp({ url, root, ...(signal && { signal }) });
  return { file: file && displayPath(file, root), command: null };
}

/** What the command says goes to stderr. */
async function runBackup(
  backup: string,
  url: string,
  { root, signal }: Pick<Place, "root" | "signal">,
): Promise<Backup> {
  const command = maskedText(backup);
  const ended = await runProgram(backup, [], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
    shell: true,
    stdio: ["ignore", 2, 2],
    signal,
  }).catch((cause: unknown) => {
    if (cause instanceof MigError || !(cause instanceof Error)) throw cause;
    return fail("BACKUP_FAILED", { command, why: maskedText(cause.message) }, { cause });
  });
  if (ended.status !== 0) fail("BACKUP_FAILED", { command, why: endingOf(ended) });
  return { file: null, command };
}

function endingOf({ status, signal }: Ended): string {
  return signal ? `it was ended by ${signal}` : `it ended with code ${status}`;
}
