/** Databases in folders of their own, and revisions that run on them as the runtime runs them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { afterEach } from "vitest";
import type { Connection, ConnectTarget } from "../../../src/dialects/dialect.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import type { Statement } from "../../../src/dialects/statement.ts";
import type { Op } from "../../../src/operations/op.ts";
import type { Recorded } from "../../../src/operations/operation.ts";
import { record } from "../../../src/operations/record.ts";
import { carryOut, OperationError } from "../../../src/runtime/carry-out.ts";

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mig-sqlite-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function later(cleanup: () => void | Promise<void>): void {
  cleanups.push(cleanup);
}

export const project = join(import.meta.dirname, "../../..");

export function targetOf(url: string, more: Partial<ConnectTarget> = {}): ConnectTarget {
  return {
    url,
    root: project,
    versionTable: { name: "mig_version" },
    readOnly: false,
    timeouts: { runLock: 2000, lock: 500, statement: 0 },
    ...more,
  };
}

export async function connectTo(
  url: string,
  more: Partial<ConnectTarget> = {},
): Promise<Connection> {
  const connection = await sqlite.connect(targetOf(url, more));
  later(() => connection.close());
  return connection;
}

export interface TestDatabase {
  readonly path: string;
  readonly connection: Connection;
  /** A second connection, for looking. */
  readonly engine: BetterSqlite3.Database;
}

/** A database file that `sql` made. */
export async function database(sql = ""): Promise<TestDatabase> {
  const path = join(temporaryFolder(), "test.db");
  const engine = new BetterSqlite3(path);
  later(() => void engine.close());
  engine.exec(sql);
  return { path, engine, connection: await connectTo(`sqlite:${path}`) };
}

export function recorded(script: (op: Op) => void): readonly Recorded[] {
  return record(script, { dialect: "sqlite", text: sqlite.text, args: {} }).operations;
}

/** Run `script` as a revision; gives the statements that were sent. */
export async function upgrade(
  { connection }: TestDatabase,
  script: (op: Op) => void,
): Promise<readonly Statement[]> {
  const operations = recorded(script);
  const suspendForeignKeys = operations.some(({ operation }) =>
    sqlite.suspendsForeignKeys(operation),
  );
  const sent: Statement[] = [];
  try {
    await connection.begin({ suspendForeignKeys });
    await carryOut(sqlite, operations, {
      reader: connection,
      async send(statement) {
        sent.push(statement);
        await connection.send(statement);
      },
      work: async () => {},
    });
    await connection.commit();
  } catch (failure) {
    await connection.rollback();
    throw failure instanceof OperationError ? failure.cause : failure;
  }
  return sent;
}

/** The changes that `script` makes, without the queries that prove something. */
export async function sqlOf(on: TestDatabase, script: (op: Op) => void): Promise<string> {
  const sent = await upgrade(on, script);
  return sent
    .filter(({ verify }) => !verify)
    .map(({ sql }) => `${sql};`)
    .join("\n");
}

export interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/** Everything that makes a database what it is: definitions, rows with their rowids, and sequences. */
export function dump(engine: BetterSqlite3.Database): {
  schema: readonly SchemaRow[];
  rows: Record<string, unknown[]>;
} {
  const schema = engine
    .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    .all() as SchemaRow[];
  const rows: Record<string, unknown[]> = {};
  for (const { type, name, sql } of schema) {
    if (type !== "table" || sql?.startsWith("CREATE VIRTUAL")) continue;
    // Of its own tables SQLite keeps no rowids, and we neither.
    const select = name.startsWith("sqlite_")
      ? `SELECT * FROM ${name} ORDER BY 1, 2`
      : selectAll(engine, name);
    rows[name] = engine.prepare(select).safeIntegers().all();
  }
  return { schema, rows };
}

function selectAll(engine: BetterSqlite3.Database, name: string): string {
  const table = `"${name.replaceAll('"', '""')}"`;
  const plain = `SELECT * FROM ${table}`;
  const withRowid = `SELECT rowid AS "the rowid", * FROM ${table}`;
  try {
    engine.prepare(withRowid);
    return withRowid;
  } catch {
    return plain;
  }
}

/** The text of `name` in the schema, with its own name in one way of quoting: RENAME writes it quoted. */
export function textOf(engine: BetterSqlite3.Database, name: string): string {
  const sql = engine
    .prepare("SELECT sql FROM sqlite_schema WHERE name = ?")
    .pluck()
    .get(name) as string;
  return sql.replace(/^(CREATE TABLE )("(?:[^"]|"")*"|\S+?)(?=\s*\()/, `$1${name}`);
}
