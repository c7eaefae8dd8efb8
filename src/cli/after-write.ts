/** The commands of the config that run when a file was written: a formatter, a linter. */
import { spawnSync } from "node:child_process";
import { fail } from "../errors.ts";
import { displayPath } from "../revisions/display-path.ts";
import type { Project } from "./project.ts";

/** Run them in the project's folder. AFTER_WRITE_FAILED says that the file stays. */
export function runAfterWrite({ config, root }: Project, path: string): void {
  const file = displayPath(path, root);
  for (const written of [config.afterWrite ?? []].flat()) {
    const command = written.replaceAll("{file}", shellQuoted(file));
    const { status, signal, error } = spawnSync(command, {
      cwd: root,
      shell: true,
      stdio: ["ignore", 2, 2],
    });
    if (status === 0 && !error) continue;
    const ended = signal ? `it was ended by ${signal}` : `it ended with code ${status}`;
    fail("AFTER_WRITE_FAILED", { command, file, why: error?.message ?? ended });
  }
}

/** A path as one word of a shell: file names come from messages and templates. */
function shellQuoted(path: string): string {
  if (/^[\w./-]+$/.test(path)) return path;
  return process.platform === "win32" ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
}
