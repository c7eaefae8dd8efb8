import { describe } from "../operations/describe.ts";
import type { Step } from "../revisions/path.ts";
import { readScript, type ScriptReader } from "../runtime/script-file.ts";
import { colours } from "./output.ts";
import { stepLine } from "./run-output.ts";

/** What each step would do, for --dry-run: its line, and its operations below. Every script is read and checked. */
export async function previewSteps(
  steps: readonly Step[],
  reader: ScriptReader,
): Promise<readonly string[]> {
  const previews: string[] = [];
  for (const { direction, revision } of steps) {
    const { operations } = await readScript(reader, revision, direction);
    const lines = operations.map(({ operation }) => colours.dim(`    ${describe(operation)}`));
    previews.push([stepLine(direction, revision), ...lines].join("\n"));
  }
  return previews;
}
