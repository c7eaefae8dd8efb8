/** Opening a session with a server. */
import type pg from "pg";
import type { ConnectTarget } from "../dialect.ts";
import { loadDriver } from "./driver.ts";
import { connectFailure } from "./errors.ts";

const connectTimeout = 10_000;

/** A client of the server of `target`, which is connected. */
export async function open({ url, root }: Pick<ConnectTarget, "url" | "root">): Promise<pg.Client> {
  const { Client } = loadDriver(root);
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
