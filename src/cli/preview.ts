import type { Reader } from "../dialects/dialect.ts";
import { describe } from "../operations/describe.ts";
import type { Step } from "../revisions/path.ts";
import { waysOf } from "../runtime/gather.ts";
import { readScript, type ScriptReader } from "../runtime/script-file.ts";
import { colours } from "./output.ts";
import { stepLine } from "./run-output.ts";

/** What each step would do, for --dry-run: its line, and its operations below. Every script is read and checked. */
export async function previewSteps(
  steps: readonly Step[],
  reader: ScriptReader,
  database: Reader,
): Promise<readonly string[]> {
  const previews: string[] = [];
  for (const [at, { direction, revision }] of steps.entries()) {
    const { operations } = await readScript(reader, revision, direction);
    // Later revisions meet tables that are not there yet.
    const ways = at === 0 ? await waysOf(reader.dialect, operations, database) : new Map();
    const lines = operations.map((recorded) => {
      const way = ways.get(recorded);
      return colours.dim(`    ${describe(recorded.operation)}${way ? `  (${way})` : ""}`);
    });
    previews.push([stepLine(direction, revision), ...lines].join("\n"));
  }
  return previews;
}
