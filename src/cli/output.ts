/** What a command prints: results on stdout, notes on stderr, and with --json one document on stdout. */
import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";

/** Colours of stdout and of stderr: either may be a pipe. NO_COLOR and FORCE_COLOR hold for both. */
export const colours = pc.createColors(useColour(process.stdout));
const noteColours = pc.createColors(useColour(process.stderr));

function useColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== "0" : Boolean(stream.isTTY);
}

/** Whether the last line of the terminal is one that may yet change. */
let isLineOpen = false;

/** A line of the terminal that the next one takes the place of, whether that stays or changes, too. */
export function printLive(text: string): void {
  process.stdout.write(`${back}${cut(text, process.stdout.columns)}`);
  isLineOpen = true;
}

/** To the start of the line, and clear it to its end. */
const back = "\r\u001b[2K";

/** What does not fit would begin a line of its own, and stay. */
function cut(text: string, columns: number | undefined): string {
  const plain = stripVTControlCharacters(text);
  // A terminal that knows no width says 0.
  const width = columns || 80;
  return plain.length < width ? text : `${plain.slice(0, width - 2)}…`;
}

/** A line, or several, of the result. */
export function print(text: string): void {
  process.stdout.write(`${isLineOpen ? back : ""}${text}\n`);
  isLineOpen = false;
}

/** Let the line that may change stand as it is. */
export function endLive(): void {
  if (isLineOpen) process.stdout.write("\n");
  isLineOpen = false;
}

/** Something to know that is not the result. */
export function note(text: string): void {
  endLive();
  process.stderr.write(`${noteColours.dim(text)}\n`);
}

/** Something to know that may be a mistake. */
export function warn(text: string): void {
  endLive();
  process.stderr.write(`${noteColours.yellow("warning:")} ${text}\n`);
}

export function printJson(document: unknown): void {
  print(JSON.stringify(document, null, 2));
}

/** True if a person may be asked. */
export function isInteractive(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY && !process.env.CI);
}
