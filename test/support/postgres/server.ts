/**
 * Vitest's global setup: the servers that tests run on, started once and stopped at the end.
 * `MIG_TEST_POSTGRES=postgres://…` names one server to use instead.
 */
import type { TestProject } from "vitest/node";
import { type PostgresServer, startServer, versions } from "./start.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly postgres: readonly PostgresServer[];
  }
}

/** Start the servers and tell the tests where they are; gives what stops them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.MIG_TEST_POSTGRES;
  if (given) {
    project.provide("postgres", [{ name: "given by MIG_TEST_POSTGRES", url: given }]);
    return async () => {};
  }
  const servers = await Promise.all(versions.map((version) => startServer(version)));
  project.provide(
    "postgres",
    servers.map(({ name, url }) => ({ name, url })),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
}
