/** Databases for tests: one for each, dropped when the test is over. */
import pg from "pg";
import { describe, inject, onTestFinished } from "vitest";
import type { PostgresServer } from "./start.ts";
import { at } from "./url.ts";

export { at };

/** The same tests on every server. */
export function forEachServer(tests: (server: PostgresServer) => void): void {
  for (const server of inject("postgres")) {
    describe(`PostgreSQL ${server.name}`, () => tests(server));
  }
}

/** The URL of a fresh database. It is dropped when the running test is over, whoever is still connected. */
export async function createDatabase(server: PostgresServer): Promise<string> {
  const name = `mig_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await query(server.url, `CREATE DATABASE ${name}`);
  onTestFinished(() => query(server.url, `DROP DATABASE ${name} WITH (FORCE)`).then(() => {}));
  return at(server.url, { database: name });
}

/** The rows of `sql`, on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return session(url, async (client) => (await client.query(sql)).rows);
}

/** A plain connection to `url`, closed when `work` is over. */
export async function session<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
