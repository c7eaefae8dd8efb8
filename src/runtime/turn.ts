/** The turn of everything else in this process. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { refuseToGoOn } from "../dialects/interruption.ts";

/** How long signals and timers wait at most, in milliseconds; each turn costs as much as a small statement. */
const longest = 50;

let last = performance.now();

/**
 * Let signals come in, and throw INTERRUPTED once `signal` says to stop. A driver that answers on the spot leaves them no
 * turn by itself, however many statements there are.
 */
export async function goOn(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return;
  if (performance.now() - last > longest) {
    // What came in while this turn was going on is heard of in the next one.
    await nextTurn();
    await nextTurn();
    last = performance.now();
  }
  refuseToGoOn(signal);
}
