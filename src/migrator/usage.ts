/** How calls of a Migrator are written: what is typed wrong must not be left out in silence. */
import { list } from "../errors/words.ts";
import { fail } from "../errors.ts";

const change = ["yes"];
const run = [...change, "transaction", "dryRun", "stripTransactions", "signal"];

/** The options of each, by the name of the call; those of the class itself under "Migrator". */
const known = {
  Migrator: ["config", "root", "environment", "url", "connection", "args"],
  upgrade: [...run, "allowModified"],
  downgrade: run,
  downgradeBatch: run,
  reset: run,
  stamp: [...change, "purge"],
  check: ["strict"],
  testHistory: ["config", "dialects", "allowHeads", "crash", "args"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Refuse options that `call` does not have, and values that are none. Throws WRONG_USAGE. */
export function checkOptions(call: keyof typeof known, options: object): void {
  const names: readonly string[] = known[call];
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  const what = call === "Migrator" ? "a Migrator" : call;
  if (unknown !== undefined)
    failUsage(`${what} has no option "${unknown}"`, `there are ${list(names, "and")}`);
  if (!("transaction" in options)) return;
  const { transaction } = options;
  if (transaction !== undefined && transaction !== "each" && transaction !== "all")
    failUsage(`\`transaction\` cannot be ${JSON.stringify(transaction)}`, 'say "each" or "all"');
}

/** Refuse targets that are no texts, and none at all. Throws WRONG_USAGE. */
export function checkTargets(call: string, targets: readonly unknown[]): void {
  if (targets.length > 0 && targets.every((it) => typeof it === "string" && it !== "")) return;
  failUsage(`${call} needs a target`, 'say "head", "base", "-1" or a revision');
}

export function failUsage(message: string, help: string): never {
  fail("WRONG_USAGE", { message, help });
}
