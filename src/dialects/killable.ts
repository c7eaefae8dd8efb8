/** Databases to throw away: for a history to be replayed in, and for runs to be killed in. */
import type { Connection, ConnectTarget } from "./dialect.ts";

/** Where a database to throw away is made. */
export interface ThrowAwayOptions extends Pick<ConnectTarget, "root" | "versionTable"> {
  /** On this server; in this process when absent. */
  readonly server?: string;
}

/**
 * A database of which sessions can be killed, one after the other. What it keeps of one is what it would keep of a process
 * that got SIGKILL: nothing of the session can clean up.
 */
export interface Killable {
  /** A session. The one before was killed. */
  open(): Promise<Connection>;
  /** End the session of now. Nothing may be asked of it any more, nor be on its way. */
  kill(): Promise<void>;
  /** The database is gone afterwards. */
  close(): Promise<void>;
}
