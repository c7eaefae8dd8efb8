/** The commands that write the history as files. */
import { type Command, Option } from "commander";
import { action, collect, type Done, json } from "./words.ts";

export function addFileCommands(program: Command, done: Done): void {
  program
    .command("init")
    .description("write the config, the versions folder and the templates")
    .option("--dual", "for SQLite in development and PostgreSQL in production")
    .action(action(async () => (await import("../commands/init.ts")).init, done));
  json(program.command("revision"))
    .description("write a new revision")
    .requiredOption("-m, --message <text>", "what it does")
    .option("--sql-file", "write a .sql revision")
    .option("--head <revision>", "the revision before it (default: head)")
    .option("--splice", "allow a --head that is not a head: start a branch")
    .option("--branch-label <label>", "name the branch (repeatable)", collect)
    .option("--depends-on <revision>", "needs this revision too (repeatable)", collect)
    .option("--rev-id <id>", "its id (default: 12 random hex digits)")
    .option("--version-path <folder>", "the versions folder to write to")
    .option("--autogenerate", "draft it: what the database lacks of the Drizzle schema")
    .option("--from-empty", "draft as if the database were empty: a base for one that exists")
    .option("--rename <old:new>", "for drafts: it was renamed (repeatable)", collect)
    .addOption(
      new Option("--dialect <name>", "for drafts: only this database, and not both").choices([
        "sqlite",
        "postgresql",
      ]),
    )
    .option("--accept-drops", "for drafts: what may have been renamed is dropped, and added anew")
    .action(action(async () => (await import("../commands/revision.ts")).revision, done));
  json(program.command("merge <revisions...>"))
    .description("write a revision that joins heads")
    .requiredOption("-m, --message <text>", "what it joins")
    .option("--force", "write it though the branches clash")
    .option("--branch-label <label>", "name the branch (repeatable)", collect)
    .option("--rev-id <id>", "its id (default: 12 random hex digits)")
    .option("--version-path <folder>", "the versions folder to write to")
    .action(action(async () => (await import("../commands/merge.ts")).merge, done));
  program
    .command("edit <target>")
    .description("open a revision in $VISUAL or $EDITOR")
    .action(action(async () => (await import("../commands/edit.ts")).edit, done));
}
