/** The commands that change a database. */
import { type Command, Option } from "commander";
import { action, type Done, json, onDatabase, running } from "./words.ts";

export function addRunCommands(program: Command, done: Done): void {
  running(program.command("upgrade [targets...]"))
    .description("run the revisions up to a target (default: head)")
    .option("--allow-modified", "go on though files of applied revisions changed")
    .action(action(async () => (await import("../commands/upgrade.ts")).upgrade, done));
  running(program.command("downgrade [target]"))
    .description("undo revisions down to a target: -1, base, or a revision")
    .addOption(new Option("--batch", "undo what the last upgrade applied").conflicts("sql"))
    .action(action(async () => (await import("../commands/downgrade.ts")).downgrade, done));
  onDatabase(program.command("reset"))
    .description("undo everything and run it again; never in a protected environment")
    .action(action(async () => (await import("../commands/reset.ts")).reset, done));
  json(program.command("stamp <targets...>"))
    .description("mark the database as being at a revision, running nothing")
    .option("--purge", "forget what the version table says first")
    .option("--sql", "print the SQL instead")
    .option("--yes", "do not ask in a protected environment")
    .action(action(async () => (await import("../commands/stamp.ts")).stamp, done));
}
