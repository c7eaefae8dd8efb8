/** What a command prints: results on stdout, notes on stderr, and with --json one document on stdout. */
import pc from "picocolors";

/** Colours of stdout and of stderr: either may be a pipe. NO_COLOR and FORCE_COLOR hold for both. */
export const colours = pc.createColors(useColour(process.stdout));
const noteColours = pc.createColors(useColour(process.stderr));

function useColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== "0" : Boolean(stream.isTTY);
}

/** A line, or several, of the result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Something to know that is not the result. */
export function note(text: string): void {
  process.stderr.write(`${noteColours.dim(text)}\n`);
}

/** Something to know that may be a mistake. */
export function warn(text: string): void {
  process.stderr.write(`${noteColours.yellow("warning:")} ${text}\n`);
}

export function printJson(document: unknown): void {
  print(JSON.stringify(document, null, 2));
}

/** True if a person may be asked. */
export function isInteractive(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY && !process.env.CI);
}
