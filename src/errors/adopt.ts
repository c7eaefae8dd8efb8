import { list } from "./words.ts";

/** As many names as a reader can look through. */
function some(names: readonly string[]): string {
  const shown = 5;
  return names.length > shown
    ? `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`
    : list(names, "and");
}

/** Failures of taking over another tool's history. No file was written, and the database is as it was. */
export const adoptErrors = {
  IMPORT_FOLDER: (it: { folder: string; why: string }) => ({
    message: `${it.folder} cannot be imported: ${it.why}`,
    help: "name the folder that holds the migrations of the old tool; nothing was written",
  }),
  IMPORT_EMPTY: (it: { folder: string; system: string; expected: string }) => ({
    message: `${it.folder} holds no migrations of the kind "${it.system}"`,
    help: `looked for ${it.expected}; is it another folder, or another system?`,
  }),
  IMPORT_FILE: (it: { file: string; why: string }) => ({
    message: `${it.file} cannot be imported: ${it.why}`,
    help: "correct the file, or take it out of the folder; nothing was written",
  }),
  IMPORT_DIALECT: (it: { from: string; dialect: string; wanted: string }) => ({
    message: `${it.from} is for ${it.dialect}, and the database is ${it.wanted}`,
    help: "name the environment of the database that the migrations are for (-n, --url): SQL is copied as it is",
  }),
  IMPORT_CLASH: (it: { revision: string; from: string; file: string }) => ({
    message: `${it.from} would become revision ${it.revision}, which is in the history already: ${it.file}`,
    help: "nothing was written; remove or rename one of them, or import into an empty versions folder",
  }),
  IMPORT_SAME_ID: (it: { revision: string; files: readonly string[] }) => ({
    message: `${list(it.files, "and")} would both become revision ${it.revision}`,
    help: "nothing was written; rename one of them, there and in the old tool's table",
  }),
  IMPORT_CHECKSUM: (it: { table: string; files: readonly string[] }) => ({
    message: `what ran is not what is in ${some(it.files)}: the checksum in ${it.table} differs`,
    help: "get back the file as it ran; or --force, and `mig status` will say modified",
  }),
  IMPORT_ROW_WITHOUT_FILE: (it: { table: string; rows: readonly string[] }) => ({
    message: `${it.table} says that ${some(it.rows)} ran, and the folder has no such file`,
    help: "get the file back, or import another folder; or --force to leave the row out",
  }),
  IMPORT_GAP: (it: { table: string; files: readonly string[]; later: string }) => ({
    message: `${some(it.files)} did not run, and ${it.later}, which follows, did (${it.table})`,
    help: "run it with the old tool, or move it behind the others; or --force to count it as applied",
  }),
} as const;
