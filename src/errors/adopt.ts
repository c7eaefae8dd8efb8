import { list, some } from "./words.ts";

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
  /** `forced` is what --force would do; absent where nothing can be done. */
  IMPORT_FILE: (it: { file: string; why: string; forced?: string }) => ({
    message: `${it.file} cannot be imported${it.forced === undefined ? "" : " as it is"}: ${it.why}`,
    help: `correct the file, or take it out of the folder; ${it.forced === undefined ? "nothing was written" : `or --force to ${it.forced}`}`,
  }),
  IMPORT_MIXED: (it: { file: string; system: string; other: string }) => ({
    message: `${it.file} is of the system "${it.other}", in a folder that is imported as "${it.system}"`,
    help: "give each system a folder of its own; or --force to leave the files of the other one out",
  }),
  IMPORT_TABLE: (it: { table: string }) => ({
    message: `the database has no table ${it.table}`,
    help: "correct --table (schema.name), or the environment; without it, nothing counts as applied where there is no such table",
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
  IMPORT_LOCKED: (it: { tool: string; table: string }) => ({
    message: `${it.table} says that ${it.tool} is migrating this database`,
    help: `wait until it is done, or unlock it with ${it.tool} if nothing runs; --force takes the database as it is`,
  }),
  IMPORT_UNFINISHED: (it: { table: string; rows: readonly string[] }) => ({
    message: `${it.table} says that ${some(it.rows)} did not get to its end`,
    help: "put that right with the old tool first; --force takes the database as it is",
  }),
  IMPORT_PENDING: (it: { tool: string; files: readonly string[] }) => ({
    message: `${some(it.files)} did not run yet`,
    help: `run them with ${it.tool} first; --force leaves them out, to be written as revisions behind the baseline`,
  }),
  IMPORT_NO_TABLE: (it: { table: string; tool: string }) => ({
    message: `the database has no table ${it.table}, in which ${it.tool} keeps what ran`,
    help: "is it another database (-n, --url), or does the table have another name (--table)? Without --from the database is taken as it is",
  }),
  BASELINE_EMPTY: (_: object) => ({
    message: "there is nothing in the database that a baseline could be made of",
    help: "name the environment of the database that is to be taken over (-n, --url)",
  }),
  BASELINE_HISTORY: (it: { revision: string; file: string }) => ({
    message: `the history has revisions already: ${it.revision} (${it.file})`,
    help: "a baseline is the first revision: `mig stamp` marks a database that is at a known one",
  }),
  BASELINE_DIFFERS: (it: { file: string; differences: readonly string[] }) => ({
    message: `the database is not what ${it.file} makes: ${some(it.differences)}`,
    help: "bring it to where the other one was; or --force to mark it all the same, and `mig diff` shows the rest",
  }),
} as const;
