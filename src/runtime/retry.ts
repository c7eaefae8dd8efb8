import { pause } from "../dialects/interruption.ts";
import type { DatabaseOptions } from "./options.ts";

const attempts = 5;
const firstDelay = 200;

/**
 * Run what takes effect as a whole or not at all, and run it again when the server says that a lock or a conflict was in the way. Each delay is twice
 * the one before, with jitter, so that two runs that collided do not collide again.
 */
export async function retrying(
  { connection, notes, signal }: DatabaseOptions,
  whole: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await whole();
    } catch (failure) {
      await connection.rollback();
      const { retry, why } = connection.explain(failure);
      if (!retry || attempt === attempts) throw failure;
      const delay = firstDelay * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
      notes.retrying(why, delay);
      await pause(delay, signal);
    }
  }
}
