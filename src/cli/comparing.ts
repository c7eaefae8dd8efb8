/** Comparing, for a command: what is not compared is noted. */
import {
  type Compared,
  type ComparingOptions,
  withComparison as compare,
} from "../migrator/comparing.ts";
import { note } from "./output.ts";
import type { GlobalOptions, Project } from "./project.ts";

export type { Compared } from "../migrator/comparing.ts";

/** Connect, compare, and do `work` with what was found. Nothing stays in the database. */
export function withComparison<Result>(
  project: Project,
  { x, ...options }: GlobalOptions & Omit<ComparingOptions, "args">,
  command: string,
  work: (compared: Compared) => Promise<Result>,
): Promise<Result> {
  return compare(project, { ...options, args: x }, command, (compared) => {
    const notes = compared.notes.map(({ object, what }) => `${object} ${what}`);
    for (const line of new Set(notes)) note(line);
    return work(compared);
  });
}
