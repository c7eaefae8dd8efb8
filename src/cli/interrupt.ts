/** Ctrl-C, and the SIGTERM of whoever runs the container: the first asks the run to stop, another one does not wait. */
import { constants } from "node:os";
import type { MigError } from "../errors.ts";
import { note } from "./output.ts";

const heeded = ["SIGINT", "SIGTERM"] as const;

/** npm and npx hand on what the terminal has sent to everybody already; that is no second wish. */
const echo = 500;

/** Why a run was stopped. */
class Interruption extends Error {
  /** What a shell says of a process that the signal ended. */
  readonly exitCode: number;

  constructor(signal: (typeof heeded)[number]) {
    super(signal);
    this.name = "Interruption";
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Do `work`, which stops when its signal says so, and says where the database stands. */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let first = 0;
  const heed = (signal: NodeJS.Signals) => {
    const reason = new Interruption(signal as (typeof heeded)[number]);
    if (!controller.signal.aborted) {
      first = performance.now();
      note(`${signal}: stopping; once more, and mig ends without waiting for the database`);
      controller.abort(reason);
    } else if (performance.now() - first > echo) process.exit(reason.exitCode);
  };
  for (const signal of heeded) process.on(signal, heed);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of heeded) process.off(signal, heed);
  }
}

/** The exit code of a run that a signal stopped; null for any other failure. */
export function interruptedExit({ context: { cause } }: MigError): number | null {
  return cause instanceof Interruption ? cause.exitCode : null;
}
