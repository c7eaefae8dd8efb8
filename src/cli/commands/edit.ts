import { spawnSync } from "node:child_process";
import { fail } from "../../errors.ts";
import { resolveTarget } from "../../revisions/resolve.ts";
import { needsCurrent, readCurrent } from "../current-heads.ts";
import { type GlobalOptions, openProject } from "../project.ts";

/** `mig edit`: open the file of a revision in the user's editor. */
export async function edit(target: string, options: GlobalOptions): Promise<void> {
  const project = await openProject(options);
  const current = needsCurrent(target) ? await readCurrent(project) : null;
  const files = resolveTarget({ graph: project.graph(), current }, target).map(({ path }) => path);
  if (files.length === 0)
    fail("INVALID_TARGET", { target, why: "it is the base, which has no file" });
  const editor = process.env.VISUAL || process.env.EDITOR || fail("NO_EDITOR", {});
  // The variable may hold arguments ("code --wait"), as it may for git: a shell takes it apart.
  const quoted = files.map((file) => `"${file.replace(/(["\\$`])/g, "\\$1")}"`).join(" ");
  const { status, signal } = spawnSync(`${editor} ${quoted}`, { shell: true, stdio: "inherit" });
  if (status !== 0) {
    fail("EDITOR_FAILED", {
      editor,
      how: signal ? `was ended by ${signal}` : `ended with code ${status}`,
    });
  }
}
