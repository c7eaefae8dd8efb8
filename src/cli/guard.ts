/** What stands before a command that changes a database: read-only and protected environments, and the backup. */
import { spawnSync } from "node:child_process";
import type { Environment } from "../config/environment.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { maskedText } from "../dialects/mask.ts";
import { fail } from "../errors.ts";
import { displayPath } from "../revisions/display-path.ts";
import { isInteractive, note } from "./output.ts";

/** Refuse where the environment says so; ask for its name where it is protected. */
export async function confirmChange(
  environment: Environment,
  command: string,
  options: { readonly yes?: boolean },
): Promise<void> {
  const { name } = environment;
  if (environment.readOnly) fail("READ_ONLY_ENVIRONMENT", { name });
  if (!environment.protected || options.yes) return;
  if (!isInteractive()) fail("NOT_CONFIRMED", { name, command });
  const { text } = await import("@clack/prompts");
  const answer = await text({
    message: `${command} changes the protected environment "${name}". Type its name to go on:`,
    output: process.stderr,
  });
  if (answer !== name) fail("NOT_CONFIRMED", { name, command });
}

/** Run the environment's backup command, or make the database's own backup. BACKUP_FAILED stops the run. */
export async function backUp(
  environment: Environment,
  root: string,
  dialect: Dialect,
): Promise<void> {
  if (environment.backup === "auto") await backUpItself(environment, root, dialect);
  else if (environment.backup !== null) runBackup(environment, environment.backup, root);
}

async function backUpItself(
  { url, name }: Environment,
  root: string,
  dialect: Dialect,
): Promise<void> {
  const file = await dialect.backUp({ url, root });
  note(
    file === null
      ? `${name} holds nothing to back up yet`
      : `backed up ${name} to ${displayPath(file, root)}`,
  );
}

function runBackup({ url, name }: Environment, backup: string, root: string): void {
  const command = maskedText(backup);
  note(`backing up ${name}: ${command}`);
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
}
