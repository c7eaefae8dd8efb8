/** Opening a session. */
import type pg from "pg";
import type { Connection, ConnectTarget } from "../dialect.ts";
import { borrow } from "./borrow.ts";
import { createConnection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { connectFailure } from "./errors.ts";
import { isPglite, openPglite } from "./pglite.ts";

const connectTimeout = 10_000;

/** A session with the server of `target`. */
export async function connect(target: ConnectTarget): Promise<Connection> {
  if (target.existing !== undefined) return borrow(target.existing, target);
  const client = await clientOf(target);
  return createConnection(client, target, () => client.end());
}

async function clientOf(target: ConnectTarget): Promise<pg.Client> {
  if (isPglite(target.url)) return openPglite(target);
  const { Client } = loadDriver(target.root);
  return open(Client, target.url);
}

async function open(Client: typeof pg.Client, url: string): Promise<pg.Client> {
  let client: pg.Client | null = null;
  try {
    client = new Client({
      connectionString: url,
      application_name: "mig",
      connectionTimeoutMillis: connectTimeout,
      // A long statement is silent, and what stands between may take that for the end.
      keepAlive: true,
    });
    // Until it is connected its errors come twice: as an event, which nobody needs, and as the promise's.
    client.on("error", () => {});
    await client.connect();
    return client;
  } catch (cause) {
    await client?.end().catch(() => {});
    throw connectFailure(cause, url);
  }
}
