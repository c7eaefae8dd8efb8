/** A session with the server of a URL, or with PGlite. */
import type { Connection, ConnectTarget } from "../dialect.ts";
import { createConnection } from "./connection.ts";
import { open } from "./open.ts";
import { isPglite, openPglite } from "./pglite.ts";

/** A session with the server of `target`. */
export async function connect(target: ConnectTarget): Promise<Connection> {
  const client = isPglite(target.url) ? await openPglite(target) : await open(target);
  return createConnection(client, target);
}
