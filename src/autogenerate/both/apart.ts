/** What stands in a script for both databases, and what for one of them. */
import type { DialectName } from "../../model/schema.ts";
import { type Line, string } from "../render/code.ts";

export interface Part {
  readonly of: "both" | DialectName;
  readonly lines: readonly Line[];
}

/** What one database has to itself in a row stands in one `op.on("postgresql", (op) => { … })`. */
export function bodyOf(parts: readonly Part[], parameter: string): readonly Line[] {
  return inRuns(parts).flatMap(({ of, lines }): readonly Line[] =>
    of === "both"
      ? lines
      : [{ call: `${parameter}.on`, args: [string(of), { parameter, body: lines }] }],
  );
}

function inRuns(parts: readonly Part[]): readonly Part[] {
  const runs: Part[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.of !== part.of) runs.push(part);
    else runs[runs.length - 1] = { ...last, lines: [...last.lines, ...part.lines] };
  }
  return runs;
}
