/** The numbers that the files of a folder begin with. */
import { error, type MigError } from "../errors.ts";

/** Longer ones are times, of which none is missed. */
const number = /^(\d{1,7})_/;

/** Numbers that are missing between others, and with `once` those that are there twice. */
export function numberProblems(
  names: readonly string[],
  folder: string,
  { once }: { readonly once: boolean },
): readonly MigError[] {
  const problems: MigError[] = [];
  let before: { readonly value: number; readonly name: string } | null = null;
  for (const name of names) {
    const digits = number.exec(name)?.[1];
    if (digits === undefined) continue;
    const value = Number(digits);
    if (before && value > before.value + 1) problems.push(gap(folder, before, name, digits.length));
    if (before && once && value === before.value) problems.push(twice(folder, before.name, name));
    before = { value, name };
  }
  return problems;
}

function gap(
  folder: string,
  before: { readonly value: number; readonly name: string },
  name: string,
  width: number,
): MigError {
  const missing = String(before.value + 1).padStart(width, "0");
  const file = `${folder}/${name}`;
  const why = `there is no ${missing} between it and ${before.name}`;
  return error("IMPORT_FILE", { file, why, forced: "go on without it" }, { location: file });
}

function twice(folder: string, before: string, name: string): MigError {
  const file = `${folder}/${name}`;
  const why = `it has the number of ${before}`;
  return error(
    "IMPORT_FILE",
    { file, why, forced: "keep both by their names" },
    { location: file },
  );
}
