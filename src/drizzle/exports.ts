/** What the schema files export. */
import type { Loader } from "../load/loader.ts";
import { type Declared, fileName } from "./place.ts";

/**
 * The exports of `files`, in their order. One object under several names is there once, by its first: files export one
 * another's tables. What is inside of an export does not count, as for drizzle-kit.
 */
export async function loadExports(
  loader: Loader,
  files: readonly string[],
  root: string,
): Promise<readonly Declared[]> {
  const declared = new Map<unknown, Declared>();
  for (const path of files) {
    const file = fileName(path, root);
    const exports = Object.entries(await loader.import(path));
    // A default export is named last, so that it is called by its other name where it has one.
    exports.sort(([a], [b]) => Number(a === "default") - Number(b === "default"));
    for (const [name, value] of exports) {
      if (isMade(value) && !declared.has(value)) declared.set(value, { value, export: name, file });
    }
  }
  return [...declared.values()];
}

/** True for what a class or a function may have made. Drizzle's `is` falls over namespaces (`export * as`), which none has. */
function isMade(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) !== null;
}
