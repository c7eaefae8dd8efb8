/** What stands before a command that changes a database. */
import type { Environment } from "../config/environment.ts";
import { fail } from "../errors.ts";
import { refuseUnconfirmed } from "../migrator/confirmed.ts";
import { isInteractive } from "./output.ts";

/** Refuse where the environment says so; ask for its name where it is protected. */
export async function confirmChange(
  environment: Environment,
  command: string,
  options: { readonly yes?: boolean },
): Promise<void> {
  const { name, readOnly } = environment;
  const mayAsk = environment.protected && !readOnly && !options.yes && isInteractive();
  if (!mayAsk) return refuseUnconfirmed(environment, command, options.yes ?? false);
  const { text } = await import("@clack/prompts");
  const answer = await text({
    message: `${command} changes the protected environment "${name}". Type its name to go on:`,
    output: process.stderr,
  });
  if (answer !== name) fail("NOT_CONFIRMED", { name, command });
}
