import { list } from "./words.ts";

/** Failures of comparing and drafting. No file was written, and the database is as it was. */
export const draftErrors = {
  DATABASE_BEHIND: (it: { pending: readonly string[]; command: string }) => ({
    message: `the database is not at head: ${it.pending.length} revision${it.pending.length === 1 ? " is" : "s are"} pending (${list(it.pending.slice(0, 5), "and")}${it.pending.length > 5 ? " …" : ""})`,
    help: `\`mig upgrade head\` first, so that ${it.command} does not draft again what is drafted already`,
  }),
  RENAMES_UNDECIDED: (it: { questions: readonly { from: string; to: readonly string[] }[] }) => ({
    message: `something may have been renamed, and nobody can be asked: ${it.questions.map(({ from, to }) => `${from} to ${list(to, "or")}`).join("; ")}`,
    help: `say ${it.questions.map(({ from, to }) => `--rename ${from}:${to[0]}`).join(" ")}, or --accept-drops to drop the old and add the new, with the data in it lost`,
  }),
  RENAMES_CANCELLED: (it: { from: string; to: readonly string[] }) => ({
    message: `cancelled: whether ${it.from} was renamed is not decided`,
    help: `nothing was written; answer, or say --rename ${it.from}:${it.to[0]}, or --accept-drops to drop the old and add the new, with the data in it lost`,
  }),
  RENAME_UNKNOWN: (it: { rename: string; known: readonly string[] }) => ({
    message: `--rename ${it.rename} means nothing: the first is not something that is gone, or the second not something of its kind that is new`,
    help: it.known.length
      ? `what may have been renamed: ${it.known.join(", ")}`
      : "nothing is gone that could have been renamed",
  }),
  NAMES_CUT_ALIKE: (it: { names: readonly [string, string]; cut: string }) => ({
    message: `PostgreSQL keeps 63 bytes of a name, and takes "${it.names[0]}" and "${it.names[1]}" both for "${it.cut}"`,
    help: "give one of them a shorter name in the schema",
  }),
  COMPARISON_FAILED: (it: { why: string }) => ({
    message: `the database could not be read: ${it.why}`,
    help: "see that the user may look at it; nothing was changed there, and no file was written",
  }),
  DRAFT_HOOK_FAILED: (it: { hook: string; why: string }) => ({
    message: `\`${it.hook}\` of the config failed: ${it.why}`,
    help: "correct it in the config; no file was written",
  }),
  KIT_MISSING: (_: object) => ({
    message: "the schema file is written by drizzle-kit, which is not installed",
    help: "npm install --save-dev drizzle-kit",
  }),
  PULL_FAILED: (it: { why: string }) => ({
    message: `drizzle-kit pull wrote no schema: ${it.why}`,
    help: "no file was written; the database is as it was",
  }),
  PULL_TARGET: (it: { paths: readonly string[] }) => ({
    message: `a pulled schema is one file, and the config names ${list(it.paths, "and")}`,
    help: 'name the file to write: `schema: { postgresql: "schema/postgresql.ts" }`',
  }),
  SCHEMA_FILE_EXISTS: (it: { file: string }) => ({
    message: `${it.file} is there already`,
    help: "nothing was written; --force writes over it",
  }),
  AFTER_WRITE_FAILED: (it: { command: string; why: string; file: string }) => ({
    message: `the command after writing failed: ${it.command}: ${it.why}`,
    help: `${it.file} was written, and stays`,
  }),
} as const;
