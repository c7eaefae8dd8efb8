/** pg_dump, where the system has it. https://www.postgresql.org/docs/current/app-pgdump.html */
import { join } from "node:path";
import { fail } from "../../errors.ts";
import { saveTo } from "../backup-file.ts";
import type { ConnectTarget } from "../dialect.ts";
import { runProgram } from "../program.ts";
import { loadDriver } from "./driver.ts";
import { isPglite } from "./pglite.ts";

/** Dump the database of `url` into the project's folder, in the format of pg_restore. */
export async function backUp({
  url,
  root,
  signal,
}: Pick<ConnectTarget, "url" | "root" | "signal">): Promise<string> {
  if (isPglite(url)) {
    const why = "pg_dump cannot reach a database of PGlite";
    fail("BACKUP_FAILED", { command: "auto", why });
  }
  const server = surroundings(url, root);
  const name = (server.PGDATABASE ?? "database").replaceAll(/[^\w-]/g, "_");
  return saveTo({ path: join(root, name), extension: "dump", mode: 0o600 }, (file) =>
    dump(file, server, signal),
  );
}

async function dump(
  file: string,
  server: NodeJS.ProcessEnv,
  stop: AbortSignal | undefined,
): Promise<void> {
  const args = ["--format=custom", "--no-password", `--file=${file}`];
  const { status, signal, stderr } = await runProgram("pg_dump", args, {
    env: { ...process.env, ...server },
    stdio: ["ignore", "ignore", "pipe"],
    signal: stop,
  }).catch((failure: unknown) => {
    if (failure instanceof Error && "code" in failure && failure.code === "ENOENT")
      throw new Error("pg_dump is not on the PATH; install PostgreSQL's client programs");
    throw failure;
  });
  const said = stderr.trim().replaceAll(/\s*\n\s*/g, "; ");
  if (status !== 0) throw new Error(said || `pg_dump ended with ${signal ?? `code ${status}`}`);
}

/** The server as libpq's variables: the arguments of a process, and a password in them, are there for all to see. */
function surroundings(url: string, root: string): NodeJS.ProcessEnv {
  const { Client } = loadDriver(root);
  const { host, port, user, database, password } = new Client({ connectionString: url });
  const sslmode = /[?&]sslmode=([\w-]+)/.exec(url)?.[1];
  return {
    PGHOST: host,
    PGPORT: String(port),
    ...(user !== undefined && { PGUSER: user }),
    ...(database !== undefined && { PGDATABASE: database }),
    ...(typeof password === "string" && { PGPASSWORD: password }),
    ...(sslmode !== undefined && { PGSSLMODE: sslmode }),
  };
}
