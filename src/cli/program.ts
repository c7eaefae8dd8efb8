/** The table of contents of the command line. Each command is loaded when it is run. */
import { Command, CommanderError, Option } from "commander";
import { error } from "../errors.ts";
import { report } from "./failure.ts";

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

type Done = (code: number) => void;

/** A command's own function: what commander parsed, options last. A number that it gives is the exit code. */
type Handler<Arguments extends readonly unknown[]> = (...args: Arguments) => Promise<unknown>;

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

/** Wrap a command's function for commander: global options join its own, its exit code is kept. */
function action<Arguments extends readonly unknown[]>(
  load: () => Promise<Handler<Arguments>>,
  done: Done,
) {
  return async (...given: unknown[]) => {
    const command = given.at(-1) as Command;
    const args = [...given.slice(0, -2), command.optsWithGlobals()] as unknown as Arguments;
    const run = await load();
    const code = await run(...args);
    done(typeof code === "number" ? code : 0);
  };
}

function addFileCommands(program: Command, done: Done): void {
  program
    .command("init")
    .description("write the config, the versions folder and the templates")
    .option("--dual", "for SQLite in development and PostgreSQL in production")
    .action(action(async () => (await import("./commands/init.ts")).init, done));
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
    .option("--accept-drops", "for drafts: what may have been renamed is dropped, and added anew")
    .action(action(async () => (await import("./commands/revision.ts")).revision, done));
  json(program.command("merge <revisions...>"))
    .description("write a revision that joins heads")
    .requiredOption("-m, --message <text>", "what it joins")
    .option("--branch-label <label>", "name the branch (repeatable)", collect)
    .option("--rev-id <id>", "its id (default: 12 random hex digits)")
    .option("--version-path <folder>", "the versions folder to write to")
    .action(action(async () => (await import("./commands/merge.ts")).merge, done));
  program
    .command("edit <target>")
    .description("open a revision in $VISUAL or $EDITOR")
    .action(action(async () => (await import("./commands/edit.ts")).edit, done));
}

function addSchemaCommands(program: Command, done: Done): void {
  json(program.command("import <system> <folder>"))
    .description("take over another tool's history: its files, and what its table says")
    .option("--dry-run", "say what would be written, and write nothing")
    .option("--force", "go on where the table and the files do not agree")
    .option("--version-path <folder>", "the versions folder to write to")
    .option("--yes", "do not ask in a protected environment")
    .action(action(async () => (await import("./commands/import.ts")).importHistory, done));
  json(program.command("pull"))
    .description("write a Drizzle schema for the database as it is, with drizzle-kit")
    .option("--force", "write over the schema file")
    .action(action(async () => (await import("./commands/pull.ts")).pull, done));
  json(program.command("check"))
    .description("compare the database with the Drizzle schema; ends with 1 where they differ")
    .option("--strict", "what neither the schema nor the history knows counts, too")
    .option("--parity", "compare the schemas of both databases instead, without a database")
    .action(action(async () => (await import("./commands/check.ts")).check, done));
  json(program.command("diff"))
    .description("the SQL that would make the database what the Drizzle schema says")
    .option("--rename <old:new>", "it was renamed (repeatable)", collect)
    .option("--accept-drops", "what may have been renamed is dropped, and added anew")
    .action(action(async () => (await import("./commands/diff.ts")).diffCommand, done));
}

function addRunCommands(program: Command, done: Done): void {
  running(program.command("upgrade [targets...]"))
    .description("run the revisions up to a target (default: head)")
    .option("--allow-modified", "go on though files of applied revisions changed")
    .action(action(async () => (await import("./commands/upgrade.ts")).upgrade, done));
  running(program.command("downgrade [target]"))
    .description("undo revisions down to a target: -1, base, or a revision")
    .addOption(new Option("--batch", "undo what the last upgrade applied").conflicts("sql"))
    .action(action(async () => (await import("./commands/downgrade.ts")).downgrade, done));
  onDatabase(program.command("reset"))
    .description("undo everything and run it again; never in a protected environment")
    .action(action(async () => (await import("./commands/reset.ts")).reset, done));
  json(program.command("stamp <targets...>"))
    .description("mark the database as being at a revision, running nothing")
    .option("--purge", "forget what the version table says first")
    .option("--sql", "print the SQL instead")
    .option("--yes", "do not ask in a protected environment")
    .action(action(async () => (await import("./commands/stamp.ts")).stamp, done));
}

function addLookCommands(program: Command, done: Done): void {
  json(program.command("current"))
    .description("the revisions the database is at")
    .option("-v, --verbose", "show them in full")
    .option("--check-heads", "end with 1 unless every head is applied")
    .action(action(async () => (await import("./commands/current.ts")).current, done));
  json(program.command("heads"))
    .description("the newest revisions of the history")
    .option("-v, --verbose", "show them in full")
    .action(action(async () => (await import("./commands/heads.ts")).heads, done));
  json(program.command("branches"))
    .description("the revisions at which the history branches")
    .option("-v, --verbose", "show them in full")
    .action(action(async () => (await import("./commands/branches.ts")).branches, done));
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
    .action(action(async () => (await import("./commands/history.ts")).history, done));
  json(program.command("show <targets...>"))
    .description("show revisions in full")
    .option("-v, --verbose", "the same: they are always shown in full")
    .action(action(async () => (await import("./commands/show.ts")).show, done));
  json(program.command("test"))
    .description("run every revision up, down and up again, on databases made for it")
    .addOption(
      new Option("--dialect <dialect>", "on one database only").choices(["postgresql", "sqlite"]),
    )
    .option("--allow-heads", "several heads are no mistake")
    .action(action(async () => (await import("./commands/test.ts")).test, done));
  json(program.command("status"))
    .description("each revision: applied, pending, modified, failed or missing")
    .option("-v, --verbose", "with the checksums of the files that ran")
    .action(action(async () => (await import("./commands/status.ts")).status, done));
}

function addUpkeepCommands(program: Command, done: Done): void {
  json(program.command("env"))
    .description("the environments, and where their databases are")
    .action(action(async () => (await import("./commands/env.ts")).env, done));
  json(program.command("verify"))
    .description("hold files, log and version table against each other; ends with 1 at a finding")
    .action(action(async () => (await import("./commands/verify.ts")).verifyCommand, done));
  json(program.command("repair"))
    .description("log what was decided about findings of verify; runs no revision")
    .option("--accept <revision>", "its changed file counts as the one that ran", collect)
    .option("--handled <revision>", "its failed run left nothing: it is pending again", collect)
    .option("--forget <revision>", "it is applied without a file, and no longer counts", collect)
    .requiredOption("--reason <text>", "why; kept in the log")
    .option("--yes", "do not ask in a protected environment")
    .action(action(async () => (await import("./commands/repair.ts")).repair, done));
}

function running(command: Command): Command {
  return onDatabase(
    command.option(
      "--sql",
      "print the SQL and ask no database; a target is a range from:to, or an end from base",
    ),
  );
}

function onDatabase(command: Command): Command {
  return json(command)
    .addOption(new Option("--dry-run", "say what would run, and run nothing").conflicts("sql"))
    .addOption(
      new Option("--transaction <mode>", "one transaction for each revision, or for all")
        .choices(["each", "all"])
        .default("each"),
    )
    .option("--strip-transactions", "leave BEGIN and COMMIT of .sql revisions out")
    .option("--yes", "do not ask in a protected environment");
}

function json(command: Command): Command {
  return command.option("--json", "print one JSON document");
}

function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}

function collectArgs(
  value: string,
  values: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = value.indexOf("=");
  if (at === 0) throw new CommanderError(2, "mig.args", `-x ${value} names no key`);
  return at < 0
    ? { ...values, [value]: "" }
    : { ...values, [value.slice(0, at)]: value.slice(at + 1) };
}
