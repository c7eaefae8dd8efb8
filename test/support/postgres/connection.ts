/** Connections of the dialect, and what a revision does with them. */
import { onTestFinished } from "vitest";
import type { Connection, ConnectTarget, VersionTable } from "../../../src/dialects/dialect.ts";
import { postgresql } from "../../../src/dialects/postgresql/index.ts";
import type { Statement } from "../../../src/dialects/statement.ts";
import type { Op } from "../../../src/operations/op.ts";
import type { Recorded } from "../../../src/operations/operation.ts";
import { record } from "../../../src/operations/record.ts";

/** A connection that is closed when the test is over. */
export async function connectTo(
  url: string,
  options: Partial<Omit<ConnectTarget, "timeouts">> & {
    readonly timeouts?: Partial<ConnectTarget["timeouts"]>;
  } = {},
): Promise<Connection> {
  const connection = await postgresql.connect({
    url,
    root: process.cwd(),
    versionTable: { name: "mig_version" },
    readOnly: false,
    ...options,
    timeouts: { runLock: 5_000, lock: 2_000, statement: 0, ...options.timeouts },
  });
  onTestFinished(() => connection.close().catch(() => {}));
  return connection;
}

/** The operations that `script` records for PostgreSQL. */
export function recordedBy(script: (op: Op) => void): readonly Recorded[] {
  const context = { dialect: "postgresql", text: postgresql.text, args: {} } as const;
  return record(script, context).operations;
}

/** The statements of `script`. */
export async function statementsOf(script: (op: Op) => void): Promise<readonly Statement[]> {
  const reader = { all: async () => [] };
  const compiled = recordedBy(script).map((recorded) => postgresql.compile(recorded, reader));
  return (await Promise.all(compiled)).flat();
}

/** Run `script` in one transaction, as a revision does. */
export async function apply(connection: Connection, script: (op: Op) => void): Promise<void> {
  await connection.begin({ suspendForeignKeys: false });
  for (const statement of await statementsOf(script)) await connection.send(statement);
  await connection.commit();
}

/** Make mig's own tables. */
export async function createTables(
  connection: Connection,
  at: VersionTable = { name: "mig_version" },
): Promise<void> {
  await connection.begin({ suspendForeignKeys: false });
  for (const sql of postgresql.bookkeeping.create(at)) await connection.send({ sql, from: null });
  await connection.commit();
}

/** A row for the log. */
export function logEntry(revision: string) {
  return {
    run: `run-${revision}-${Math.random().toString(36).slice(2)}`,
    batch: 1,
    direction: "up" as const,
    revision,
    message: "it's a \\ test",
    file: `versions/${revision}.ts`,
    checksum: "c0ffee",
    startedAt: "2026-11-21T08:09:10.123Z",
    success: true as boolean | null,
    ms: "sinceBegin" as const,
    error: null,
    progress: null as { done: number; begun: number; hash: string } | null,
    who: "me@here (pid 1)",
    toolVersion: "0.1.0",
    environment: "dev",
  };
}
