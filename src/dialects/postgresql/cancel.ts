/** Ending what the server runs when the run is told to stop. https://www.postgresql.org/docs/current/functions-admin.html */
import type { Session } from "./session.ts";

/**
 * Watch the signal of `session`. Gives what to wait for before anything else is sent, as that would be ended instead: a
 * session that does nothing takes no notice.
 */
export function cancelOnAbort(session: Session): () => Promise<unknown> {
  const { signal } = session.target;
  let cancelled: Promise<unknown> = Promise.resolve();
  const cancel = () => {
    const pid = session.found?.pid;
    if (pid !== undefined) cancelled = session.beside.ask(`SELECT pg_cancel_backend(${pid})`);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  return () => cancelled;
}
