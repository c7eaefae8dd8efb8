/** Being told to stop. Waiting ends at once, and so does what can be ended of what a database runs. */
import { setTimeout as sleep } from "node:timers/promises";
import { error, type MigError } from "../errors.ts";

/** The error of a run that `signal` stopped; its cause is what the signal was given. */
export function interruption({ reason }: AbortSignal): MigError {
  const why = reason instanceof Error ? reason.message : String(reason);
  return error("INTERRUPTED", { why }, { cause: reason });
}

/** Throws INTERRUPTED once `signal` says to stop. */
export function refuseToGoOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interruption(signal);
}

/** Wait `ms` milliseconds. Throws INTERRUPTED as soon as `signal` says to stop. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal && { signal });
  } catch (failure) {
    refuseToGoOn(signal);
    throw failure;
  }
}
