/** The commands about Drizzle schemas, and about what other tools left. */
import type { Command } from "commander";
import { action, collect, type Done, json, onDialect } from "./words.ts";

export function addSchemaCommands(program: Command, done: Done): void {
  json(program.command("import <system> [folder]"))
    .description(
      "take over another tool's history: its files, and what its table says (sql, sql-updown, sql-pairs, ts-strings, drizzle, alembic; baseline: a database as it is)",
    )
    .option("--from <tool>", "of a baseline: the tool that made the database (knex, umzug, …)")
    .option("--table <name>", "the old tool's table, where it has another name: schema.name")
    .option("--dry-run", "say what would be written, and write nothing")
    .option("--force", "go on where the table and the files do not agree")
    .option("--version-path <folder>", "the versions folder to write to")
    .option("--yes", "do not ask in a protected environment")
    .action(action(async () => (await import("../commands/import.ts")).importHistory, done));
  json(program.command("pull"))
    .description("write a Drizzle schema for the database as it is, with drizzle-kit")
    .option("--force", "write over the schema file")
    .action(action(async () => (await import("../commands/pull.ts")).pull, done));
  json(program.command("check"))
    .description("compare the database with the Drizzle schema; ends with 1 where they differ")
    .option("--strict", "what neither the schema nor the history knows counts, too")
    .option("--parity", "compare the schemas of both databases instead, without a database")
    .action(action(async () => (await import("../commands/check.ts")).check, done));
  onDialect(json(program.command("diff [span]")))
    .description(
      "the SQL that would make the database what the Drizzle schema says; or what changed from..to, without a database",
    )
    .option("--rename <old:new>", "it was renamed (repeatable)", collect)
    .option("--accept-drops", "what may have been renamed is dropped, and added anew")
    .action(action(async () => (await import("../commands/diff.ts")).diffCommand, done));
}
