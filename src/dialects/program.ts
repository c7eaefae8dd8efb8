/** Another program that a run waits for, and that ends when the run is to stop. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { refuseToGoOn } from "./interruption.ts";

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it said, where stderr is a pipe. */
  readonly stderr: string;
}

/** Run a program to its end. Throws INTERRUPTED, and what Node says of one that cannot be run. */
export async function runProgram(
  command: string,
  args: readonly string[],
  {
    signal,
    ...options
  }: Omit<SpawnOptions, "signal"> & { readonly signal?: AbortSignal | undefined },
): Promise<Ended> {
  refuseToGoOn(signal);
  // In a group of its own, which hears of Ctrl-C by us alone: what a shell has started ends with it.
  const isGroup = signal !== undefined && process.platform !== "win32";
  const child = spawn(command, args, { ...options, detached: isGroup });
  const stop = () => end(child, isGroup);
  signal?.addEventListener("abort", stop);
  try {
    const ended = await endOf(child);
    refuseToGoOn(signal);
    return ended;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

function endOf(child: ChildProcess): Promise<Ended> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (status, signal) => done({ status, signal, stderr }));
  });
}

function end({ pid }: ChildProcess, isGroup: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(isGroup ? -pid : pid, "SIGTERM");
  } catch {
    // It has ended by itself.
  }
}
