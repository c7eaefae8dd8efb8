import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { type ErrorContext, error, MigError } from "../errors.ts";
import type { Position } from "./position.ts";
import { ReadProblem, SyntaxProblem } from "./problem.ts";
import { type Place, projectPlace } from "./stack.ts";

/** Which module failed, for errors that do not know it themselves. */
export interface Culprit {
  readonly path: string;
  /** Where it imported what failed. */
  readonly place?: Place | undefined;
}

/** What a module threw while it was loaded, as the failure to report. */
export function asFailure(thrown: unknown, culprit: Culprit, root: string): MigError {
  const file = nameOf(culprit.path, root);
  if (thrown instanceof SyntaxProblem) {
    const location = thrown.position && at(file, thrown.position);
    return error("FILE_DOES_NOT_PARSE", { file, why: thrown.message }, context(location, thrown));
  }
  if (thrown instanceof ReadProblem) {
    return error(
      "FILE_UNREADABLE",
      { file, why: thrown.message },
      context(undefined, thrown.cause),
    );
  }
  const place = projectPlace(thrown) ?? culprit.place;
  const location = place && at(nameOf(place.path, root), place);
  if (thrown instanceof MigError) return thrown.within(context(location, thrown.cause));
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return error("FILE_DOES_NOT_LOAD", { file, why }, context(location, thrown));
}

function context(location: string | undefined, cause: unknown): ErrorContext {
  return { cause, ...(location !== undefined && { location }) };
}

function at(file: string, { line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** The name of a file for people: relative to the project, with slashes everywhere. */
export function nameOf(path: string, root: string): string {
  return relative(realFolder(root), path).replaceAll(sep, "/");
}

/** Modules are known by their real paths, so the project has to be as well. */
function realFolder(root: string): string {
  try {
    return realpathSync.native(root);
  } catch {
    return root;
  }
}
