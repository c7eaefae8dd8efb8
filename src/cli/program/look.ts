/** The commands that look, and change nothing. */
import { type Command, Option } from "commander";
import { action, type Done, json, onDialect } from "./words.ts";

export function addLookCommands(program: Command, done: Done): void {
  json(program.command("current"))
    .description("the revisions the database is at")
    .option("-v, --verbose", "show them in full")
    .option("--check-heads", "end with 1 unless every head is applied")
    .action(action(async () => (await import("../commands/current.ts")).current, done));
  json(program.command("heads"))
    .description("the newest revisions of the history")
    .option("-v, --verbose", "show them in full")
    .action(action(async () => (await import("../commands/heads.ts")).heads, done));
  json(program.command("branches"))
    .description("the revisions at which the history branches")
    .option("-v, --verbose", "show them in full")
    .action(action(async () => (await import("../commands/branches.ts")).branches, done));
  json(program.command("history"))
    .description("the revisions, newest first")
    .option("-r, --range <range>", "only from:to, both ends included")
    .option("-v, --verbose", "show them in full")
    .option("-i, --indicate-current", "mark the revisions the database is at")
    .option("--graph", "draw the branches")
    .addOption(
      new Option("--log", "what was run on the database, newest first").conflicts([
        "graph",
        "range",
        "indicateCurrent",
      ]),
    )
    .action(action(async () => (await import("../commands/history.ts")).history, done));
  onDialect(json(program.command("show <targets...>")))
    .description("show revisions in full")
    .option("-v, --verbose", "the same: they are always shown in full")
    .option("--schema", "show the schema at each, made by replaying the history without a database")
    .action(action(async () => (await import("../commands/show.ts")).show, done));
  json(program.command("test"))
    .description("run every revision up, down and up again, on databases made for it")
    .addOption(
      new Option("--dialect <dialect>", "on one database only").choices(["postgresql", "sqlite"]),
    )
    .option("--allow-heads", "several heads are no mistake")
    .option("--crash", "and kill the upgrade behind each statement, and go on")
    .action(action(async () => (await import("../commands/test.ts")).test, done));
  json(program.command("status"))
    .description("each revision: applied, pending, modified, failed or missing")
    .option("-v, --verbose", "with the checksums of the files that ran")
    .action(action(async () => (await import("../commands/status.ts")).status, done));
}
