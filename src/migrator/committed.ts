/** Looking up in git what ran, for people: only its checksum is kept. */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import type { Revision } from "../revisions/revision.ts";
import { checksum } from "../runtime/checksum.ts";

/** As far as anybody goes back for it. */
const atMost = 20;

/** The commit whose version of the file is the one that ran; null where git has none, or there is no git. */
export function committedAs({ path, format }: Revision, recorded: string): string | null {
  const git = (...args: readonly string[]) => {
    const { status, stdout } = spawnSync("git", args, {
      cwd: dirname(path),
      encoding: "utf8",
      timeout: 5_000,
    });
    return status === 0 ? stdout : null;
  };
  const commits = git("log", `-n${atMost}`, "--format=%h", "--", path)?.split("\n") ?? [];
  const ran = commits.filter(Boolean).find((commit) => {
    const name = git("ls-tree", "--name-only", commit, "--", path)?.trim();
    const text = name ? git("show", `${commit}:./${name}`) : null;
    return text !== null && checksum(text, format) === recorded;
  });
  return ran ?? null;
}
