/** Ending what the server runs when the run is told to stop. https://www.postgresql.org/docs/current/functions-admin.html */
import type { Session } from "./session.ts";

export interface Cancellation {
  /** To be waited for before anything else is sent, as that would be ended instead. */
  settled(): Promise<unknown>;
  /** The session ends: its process may soon be another one's. */
  forget(): void;
}

/** Watch the signal of `session`. A session that does nothing takes no notice of being ended. */
export function cancelOnAbort(session: Session): Cancellation {
  const { signal } = session.target;
  let cancelled: Promise<unknown> = Promise.resolve();
  const cancel = () => {
    const pid = session.found?.pid;
    if (pid !== undefined) cancelled = session.beside.ask(`SELECT pg_cancel_backend(${pid})`);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  return {
    settled: () => cancelled,
    forget: () => signal?.removeEventListener("abort", cancel),
  };
}
