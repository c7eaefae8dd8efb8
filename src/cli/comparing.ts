/** Comparing, for a command: what is not compared is noted. */
import {
  type Compared,
  withComparison as compare,
  compareOn as compareIn,
  type ComparingOptions as Options,
} from "../migrator/comparing.ts";
import { note } from "./output.ts";
import type { GlobalOptions, Project } from "./project.ts";

export type { Compared } from "../migrator/comparing.ts";

export type ComparingOptions = GlobalOptions & Omit<Options, "args">;

/** Connect, compare, and do `work` with what was found. Nothing stays in the database. */
export function withComparison<Result>(
  project: Project,
  { x, ...options }: ComparingOptions,
  command: string,
  work: (compared: Compared) => Promise<Result>,
): Promise<Result> {
  return compare(project, { ...options, args: x }, command, (compared) => work(noted(compared)));
}

/** Compare the Drizzle schema with the database of `session`. */
export async function compareOn(
  project: Project,
  { x, ...options }: ComparingOptions,
  session: Compared["session"],
): Promise<Compared> {
  return noted(await compareIn(project, { ...options, args: x }, session));
}

function noted(compared: Compared): Compared {
  const notes = compared.notes.map(({ object, what }) => `${object} ${what}`);
  for (const line of new Set(notes)) note(line);
  return compared;
}
