/** The words that commands share: options, and how a command's function is called. */
import { type Command, CommanderError, Option } from "commander";

export type Done = (code: number) => void;

/** A command's own function: what commander parsed, options last. A number that it gives is the exit code. */
type Handler<Arguments extends readonly unknown[]> = (...args: Arguments) => Promise<unknown>;

/** Wrap a command's function for commander: global options join its own, its exit code is kept. */
export function action<Arguments extends readonly unknown[]>(
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

export function running(command: Command): Command {
  return onDatabase(
    command.option(
      "--sql",
      "print the SQL and ask no database; a target is a range from:to, or an end from base",
    ),
  );
}

export function onDatabase(command: Command): Command {
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

/** For what asks no database of the project. */
export function onDialect(command: Command): Command {
  const dialects = ["postgresql", "sqlite"];
  return command.addOption(
    new Option("--dialect <dialect>", "the database, instead of the environment's").choices(
      dialects,
    ),
  );
}

export function json(command: Command): Command {
  return command.option("--json", "print one JSON document");
}

export function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}

export function collectArgs(
  value: string,
  values: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = value.indexOf("=");
  if (at === 0) throw new CommanderError(2, "mig.args", `-x ${value} names no key`);
  return at < 0
    ? { ...values, [value]: "" }
    : { ...values, [value.slice(0, at)]: value.slice(at + 1) };
}
