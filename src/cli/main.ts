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
  await endAtOnce();
}

/**
 * Without this Node would wait for the garbage that it is still collecting: 10 ms after long histories. What the user's code left
 * open, a message on its way to a chat, say, is waited for.
 */
async function endAtOnce(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((written) => stream.write("", () => written()));
  }
  const standard = ["TTYWrap", "PipeWrap"];
  if (process.getActiveResourcesInfo().every((kind) => standard.includes(kind))) process.exit();
}

// `mig history | head`: whoever has read enough is not told that we had more to say.
process.stdout.on("error", (failure: NodeJS.ErrnoException) => {
  if (failure.code !== "EPIPE") throw failure;
  process.exit();
});
void main(process.argv.slice(2));
