/** Where something of the schema is declared, for messages. */
import { relative } from "node:path";
import { fail, MigError } from "../errors.ts";

/** An object that a schema file exports. */
export interface Declared<Value = unknown> {
  readonly value: Value;
  /** The name of the export, and the file, relative to the project. */
  readonly export: string;
  readonly file: string;
}

/** The same place with another value. */
export type Place = Omit<Declared, "value">;

export function placeOf({ file, export: name }: Place): Place {
  return { file, export: name };
}

export function invalid(place: Place, why: string): never {
  return fail("SCHEMA_INVALID", { ...placeOf(place), why });
}

/** What `work` gives; what it throws is about `place`. Drizzle runs functions of the schema only when it is asked. */
export function inside<Result>(
  place: Place,
  what: string | (() => string),
  work: () => Result,
): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof MigError && cause.code.startsWith("SCHEMA_")) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    return fail(
      "SCHEMA_INVALID",
      { ...placeOf(place), why: `${typeof what === "string" ? what : what()}: ${message}` },
      { cause },
    );
  }
}

/** A file as people call it: from the project's folder, with slashes everywhere. */
export function fileName(path: string, root: string): string {
  return relative(root, path).replaceAll("\\", "/");
}
