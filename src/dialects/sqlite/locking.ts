/** Waiting for other processes: SQLite is asked again and again, and waits for nothing by itself. */
import { error, type MigError } from "../../errors.ts";
import { pause } from "../interruption.ts";
import type { Engine } from "./driver.ts";
import { isBusy } from "./errors.ts";

/** How long to wait, and whom to tell. */
export interface Waiting {
  /** Milliseconds. */
  readonly atMost: number;
  /** Who is waited for, as a sentence. */
  readonly holder: string;
  /** Called once, when it comes to waiting. */
  readonly onWait: (holder: string) => void;
  /** Ends it with INTERRUPTED. */
  readonly signal: AbortSignal | undefined;
}

const first = 10;
const longest = 500;

/** Run `sql`, again while the database is busy, and give up with LOCKED in the end. */
export async function insist(engine: Engine, sql: string, waiting: Waiting): Promise<void> {
  const started = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      engine.exec(sql);
      return;
    } catch (failure) {
      if (!isBusy(failure)) throw failure;
      const waited = performance.now() - started;
      if (waited >= waiting.atMost) throw lockedBy(waited, waiting.holder);
      if (attempt === 0) waiting.onWait(waiting.holder);
      await pause(Math.min(delay(attempt), waiting.atMost - waited), waiting.signal);
    }
  }
}

/** Each pause is half as long again as the one before, with jitter, so that two that collided do not collide again. */
function delay(attempt: number): number {
  return Math.min(longest, first * 1.5 ** attempt) * (0.75 + Math.random() / 2);
}

/** Who is waited for. */
export function holderOf(shown: string): string {
  return `another process is writing to ${shown}`;
}

/** The error of having waited in vain for the file `shown`. */
export function locked(ms: number, shown: string): MigError {
  return lockedBy(ms, holderOf(shown));
}

function lockedBy(ms: number, holder: string): MigError {
  return error("LOCKED", { waited: `${(ms / 1000).toFixed(1)} s`, holder });
}
