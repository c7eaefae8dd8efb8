function headerHelp(it: { file: string; name: string }): string {
  const isSql = it.file.endsWith(".sql");
  if (it.name === "revision") {
    return `every file of the versions folder starts with ${isSql ? "`-- revision: …`" : '`export const revision = "…"`'}; a name that starts with _ is left out`;
  }
  const none = isSql ? "-- down-revision: none" : "export const downRevision = null";
  return `say \`${none}\` for a base, or name the revision before it`;
}

/** Failures of the files of `versions/`: reading them, loading them, writing new ones. */
export const revisionFileErrors = {
  VERSIONS_MISSING: (it: { folder: string }) => ({
    message: `there is no folder ${it.folder}`,
    help: "`mig init` makes it, or correct `versions` in the config",
  }),
  HEADER_NOT_LITERAL: (it: { name: string }) => ({
    message: `\`${it.name}\` is not a literal`,
    help: "the header is read without running the file: write strings, arrays of strings, null or booleans, nothing computed",
  }),
  HEADER_MISSING: (it: { file: string; name: string }) => ({
    message: `${it.file} has no \`${it.name}\``,
    help: headerHelp(it),
  }),
  HEADER_INVALID: (it: { name: string; why: string }) => ({
    message: `\`${it.name}\` ${it.why}`,
    help: "see docs/revisions.md for the header of a revision",
  }),
  FILE_DOES_NOT_PARSE: (it: { file: string; why: string }) => ({
    message: `${it.file} does not parse: ${it.why}`,
    help: "correct the file; nothing was run",
  }),
  FILE_UNREADABLE: (it: { file: string; why: string }) => ({
    message: `${it.file} cannot be read: ${it.why}`,
    help: "check that the file exists and who may read it",
  }),
  FILE_DOES_NOT_LOAD: (it: { file: string; why: string }) => ({
    message: `${it.file} failed while it was loaded: ${it.why}`,
    help: "correct the file; nothing was run",
  }),
  NO_SCRIPT: (it: {
    revision: string;
    direction: "upgrade" | "downgrade";
    format: "module" | "sql";
  }) => ({
    message: `revision ${it.revision} has no ${it.format === "sql" ? "`-- DOWN` section" : `${it.direction}()`}`,
    help:
      it.direction === "upgrade"
        ? "export `function upgrade(op: Op) { … }`; it may be empty"
        : `write ${it.format === "sql" ? "one" : "`export function downgrade(op: Op) { … }`"}, or go back another way: restore a backup, or \`mig stamp\` after undoing it by hand`,
  }),
  ASYNC_SCRIPT: (it: { revision: string; direction: "upgrade" | "downgrade" }) => ({
    message: `${it.direction}() of revision ${it.revision} returned a promise`,
    help: `${it.direction}() records operations and must not be async; put awaited work in op.run("what it does", async (db) => { … })`,
  }),
  SCRIPT_THREW: (it: { revision: string; direction: "upgrade" | "downgrade"; why: string }) => ({
    message: `${it.direction}() of revision ${it.revision} threw: ${it.why}`,
    help: "correct the file; nothing of this revision was run",
  }),
  SQL_SECTION_INVALID: (it: { line: string }) => ({
    message: `"${it.line}" is not a section of a .sql revision`,
    help: "write `-- UP`, `-- UP postgresql`, `-- UP sqlite`, `-- DOWN`, `-- DOWN postgresql` or `-- DOWN sqlite`",
  }),
  TEMPLATE_MISSING: (it: { file: string }) => ({
    message: `there is no template ${it.file}`,
    help: "`mig init` writes the templates, or remove `templates` from the config to use the built-in ones",
  }),
  TEMPLATE_INVALID: (it: { file: string; why: string }) => ({
    message: `the template ${it.file} makes no revision: ${it.why}`,
    help: "nothing was written; a template holds {{header}}, or {{revision}} and {{revises}} in one for .sql files",
  }),
  FILE_EXISTS: (it: { file: string }) => ({
    message: `${it.file} is there already`,
    help: "nothing was written; remove or rename it first",
  }),
  FILE_UNWRITABLE: (it: { file: string; why: string }) => ({
    message: `${it.file} cannot be written: ${it.why}`,
    help: "check the folder: that it is one, who may write to it, and that the name is not too long",
  }),
  FILE_OUTSIDE_VERSIONS: (it: { file: string; folders: readonly string[] }) => ({
    message: `${it.file} is outside the versions folders (${it.folders.join(", ")})`,
    help: "a message, a slug or `fileTemplate` cannot leave the folder; --version-path names one of the folders of the config",
  }),
  VERSION_PATH_NEEDED: (it: { folders: readonly string[] }) => ({
    message: `there are several versions folders: ${it.folders.join(", ")}`,
    help: "say which one with --version-path",
  }),
  EDITOR_FAILED: (it: { editor: string; how: string }) => ({
    message: `the editor \`${it.editor}\` ${it.how}`,
    help: "set VISUAL or EDITOR to a command that opens a file, for example `code --wait`",
  }),
  NO_EDITOR: (_: Record<never, never>) => ({
    message: "no editor is set",
    help: "set VISUAL or EDITOR, for example `EDITOR=nano mig edit head`",
  }),
  NOT_UTF8: (it: { file: string }) => ({
    message: `${it.file} is not UTF-8 (Latin-1, perhaps)`,
    help: `convert it, as in \`iconv -f latin1 -t utf-8\`; what is no ASCII in it would be lost`,
  }),
  TRANSACTION_NOT_ENDED: (_: object) => ({
    message: "the file begins a transaction that no COMMIT ends",
    help: "write the COMMIT, or drop the BEGIN; a ROLLBACK leaves nothing to keep",
  }),
  TRANSACTION_IN_FILE: (it: {
    lines: readonly { readonly line: number; readonly word: string }[];
    strippable: boolean;
  }) => ({
    message: `the file begins or ends a transaction itself: ${it.lines.map(({ line, word }) => `${word} in line ${line}`).join(", ")}`,
    help: `drop ${it.lines.length === 1 ? "that line" : "those lines"}: mig begins and commits the transaction of a revision${it.strippable ? "; or let --strip-transactions leave BEGIN and COMMIT out" : ""}`,
  }),
} as const;
