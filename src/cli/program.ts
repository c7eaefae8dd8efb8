/** The table of contents of the command line. Each command is loaded when it is run. */
import { Command, CommanderError } from "commander";
import { error } from "../errors.ts";
import { report } from "./failure.ts";
import { addFileCommands } from "./program/files.ts";
import { addLookCommands } from "./program/look.ts";
import { addRunCommands } from "./program/run.ts";
import { addSchemaCommands } from "./program/schema.ts";
import { addUpkeepCommands } from "./program/upkeep.ts";
import { collectArgs, type Done } from "./program/words.ts";

/** Run `mig` with `argv`; the exit code. */
export async function runProgram(argv: readonly string[], version: string): Promise<number> {
  const json = argv.includes("--json");
  // stdout is for results: what a revision says to the console is a note.
  console.log = console.info = console.debug = console.error;
  // Of a promise that nobody waits for. The session ends with the process, and what was open is rolled back.
  process.on("unhandledRejection", (failure) => process.exit(report(failure, json)));
  let code = 0;
  const program = createProgram(version, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (failure) {
    if (!(failure instanceof CommanderError)) return report(failure, json);
    // Help and the version were printed. Help that was not asked for stands in for a command that is missing.
    if (failure.exitCode === 0) return 0;
    if (failure.code === "commander.help") return 2;
    const message = failure.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
    return report(error("WRONG_USAGE", { message }), json);
  }
}

function createProgram(version: string, done: Done): Command {
  const program = new Command("mig")
    .description("Database migrations for TypeScript and Drizzle ORM")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .option("-c, --config <file>", "the config file (default: migrator.config.ts)")
    .option("-n, --env <name>", "the environment of the config")
    .option("--url <url>", "the database, instead of the environment's")
    .option("-x <key=value>", "a value for revisions, as op.args (repeatable)", collectArgs)
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const add of [
    addFileCommands,
    addSchemaCommands,
    addRunCommands,
    addLookCommands,
    addUpkeepCommands,
  ])
    add(program, done);
  return program;
}
