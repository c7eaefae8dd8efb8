/** A connection to the environment's database, closed or given back on every path. */
import packageJson from "../../package.json" with { type: "json" };
import { timeouts } from "../config/environment.ts";
import type { Connection, ConnectTarget, Dialect, Timeouts } from "../dialects/dialect.ts";
import { dialectNameOf, loadDialect } from "../dialects/registry.ts";
import { explained } from "../runtime/asking.ts";
import type { RunInfo } from "../runtime/carry-out.ts";
import { whoAmI } from "../runtime/who.ts";
import type { Project } from "./project.ts";

export interface Session {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly timeouts: Timeouts;
}

/** The dialect of the environment, without connecting. */
export function environmentDialect(project: Project): Promise<Dialect> {
  return loadDialect(dialectNameOf(project.environment().url));
}

/** Connect, do `work`, and close. With `readOnly` nothing is created, not even an SQLite file. */
export async function withSession<Result>(
  project: Project,
  options: Pick<ConnectTarget, "readOnly" | "signal" | "onProgress">,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const environment = project.environment();
  const dialect = await environmentDialect(project);
  const waits = timeouts(environment);
  const connection = await dialect.connect({
    url: environment.url,
    root: project.root,
    versionTable: project.versionTable,
    ...options,
    timeouts: waits,
    ...(project.existing && { existing: project.existing.client }),
  });
  try {
    return await work({ dialect, connection: explained(connection), timeouts: waits });
  } finally {
    await connection.close();
  }
}

/** What the log says of every run of this process. */
export function runInfo(environment: string): Omit<RunInfo, "batch"> {
  return { who: whoAmI(), toolVersion: packageJson.version, environment };
}
