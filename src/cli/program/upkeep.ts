/** The commands for those who deploy. */
import type { Command } from "commander";
import { action, collect, type Done, json } from "./words.ts";

export function addUpkeepCommands(program: Command, done: Done): void {
  json(program.command("env"))
    .description("the environments, and where their databases are")
    .action(action(async () => (await import("../commands/env.ts")).env, done));
  json(program.command("verify"))
    .description("hold files, log and version table against each other; ends with 1 at a finding")
    .action(action(async () => (await import("../commands/verify.ts")).verifyCommand, done));
  json(program.command("repair"))
    .description("log what was decided about findings of verify; runs no revision")
    .option("--accept <revision>", "its changed file counts as the one that ran", collect)
    .option("--handled <revision>", "its failed run left nothing: it is pending again", collect)
    .option("--forget <revision>", "it is applied without a file, and no longer counts", collect)
    .requiredOption("--reason <text>", "why; kept in the log")
    .option("--yes", "do not ask in a protected environment")
    .action(action(async () => (await import("../commands/repair.ts")).repair, done));
}
