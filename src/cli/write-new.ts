import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail } from "../errors.ts";

/** Write a file of a new project; false where it is there already, and stays as it is. Throws FILE_UNWRITABLE. */
export function writeNew(root: string, name: string, text: string): boolean {
  const file = join(root, name);
  if (existsSync(file)) return false;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail("FILE_UNWRITABLE", { file: name, why }, { cause });
  }
}
