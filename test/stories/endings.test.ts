/** The end of a command: output that nobody reads to its end, and what the user's code still does. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { cli, createProject } from "../support/project.ts";

/** More than a pipe holds (64 KB), so that the reader is gone while there is still something to write. */
const long = Object.fromEntries(
  Array.from({ length: 400 }, (_, at) => [
    `versions/r${at}.sql`,
    `-- revision: r${at}\n-- down-revision: ${at === 0 ? "null" : `r${at - 1}`}\n-- message: ${"so it goes ".repeat(30)}\n\n-- UP\nSELECT 1;\n`,
  ]),
);

test("a reader who has read enough is not told that there was more", () => {
  const { folder } = createProject(long);
  const read = execFileSync(
    "bash",
    ["-c", `set -o pipefail; "${process.execPath}" "${cli}" history 2>&1 | head -n 1`],
    { cwd: folder, encoding: "utf8" },
  );
  expect(read).toMatch(/^r398 -> r399 \(head\), so it goes/);
  expect(read.split("\n")).toHaveLength(2);
});

test("what a revision left under way is waited for", async () => {
  const project = createProject({
    "versions/0001_notify.ts": `import { writeFileSync } from "node:fs";
import type { Op } from "drizzle-mig";
export const revision = "0001";
export const downRevision = null;
export function upgrade(op: Op) {
  op.run("tell somebody", async () => {
    setTimeout(() => writeFileSync("told.txt", "told"), 300);
  });
}
`,
  });
  const { code } = await project.mig(["upgrade", "head"]);
  expect(code).toBe(0);
  expect(project.read("told.txt")).toBe("told");
});
