#!/usr/bin/env node
/** The `mig` command. Only what a command needs is loaded: starting up is half of what most of them cost. */
import packageJson from "../../package.json" with { type: "json" };

async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    process.stdout.write(`${packageJson.version}\n`);
    return;
  }
  const { runProgram } = await import("./program.ts");
  process.exitCode = await runProgram(argv, packageJson.version);
}

void main(process.argv.slice(2));
