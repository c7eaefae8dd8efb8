/** A session with the server of a URL, or with PGlite. */
import type { Connection, ConnectTarget } from "../dialect.ts";
import { borrow } from "./borrow.ts";
import { createConnection } from "./connection.ts";
import { open } from "./open.ts";
import { isPglite, openPglite } from "./pglite.ts";

/** A session with the server of `target`. */
export async function connect(target: ConnectTarget): Promise<Connection> {
  if (target.existing !== undefined) return borrow(target.existing, target);
  const client = isPglite(target.url) ? await openPglite(target) : await open(target);
  return createConnection(client, target, () => client.end());
}
