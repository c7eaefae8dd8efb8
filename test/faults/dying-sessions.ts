/**
 * Sessions that die behind a statement. What the database sees of a process that SIGKILL ended is the end of its session:
 * PostgreSQL a socket that is closed, SQLite files that nobody has open any more, as they were written by then.
 */
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { inject } from "vitest";
import type { PostgresServer } from "../support/postgres/start.ts";

/**
 * Which of `count` statements end a session of `server`: with several servers each gets every other one, as what mig sends is
 * the same.
 */
export function pointsFor(server: PostgresServer, count: number): readonly number[] {
  const names = inject("postgres").map(({ name }) => name);
  return Array.from({ length: count }, (_, index) => index + 1).filter(
    (point) => point % names.length === names.indexOf(server.name),
  );
}

interface Wire {
  readonly stream: Socket;
  query(text: string): void;
  once(event: "readyForQuery", heard: () => void): void;
}

const wire = (pg as unknown as { Connection: { prototype: Wire } }).Connection.prototype;

/**
 * Do `work`, whose sessions with a server of PostgreSQL end when the server has done `point` statements of it, in the
 * middle of a message where it comes to that. Gives how many statements were sent.
 */
export async function dyingBehind(point: number, work: () => Promise<void>): Promise<number> {
  const { query } = wire;
  let sent = 0;
  wire.query = function (this: Wire, text: string) {
    const statements = text.split(/(?<=;)\n/).filter((it) => it !== "");
    const left = point - sent;
    sent += statements.length;
    if (left < 1 || left > statements.length) return query.call(this, text);
    this.once("readyForQuery", () => this.stream.destroy());
    query.call(this, statements.slice(0, left).join("\n"));
  };
  try {
    await work();
  } catch (failure) {
    // It died, and says so: there is nobody left to tell the database.
    if (sent < point) throw failure;
  } finally {
    wire.query = query;
  }
  return sent;
}

/**
 * Do `work` on the SQLite database in `folder`, and keep what its files were before each statement and at the end, each
 * time in a folder of its own. Gives these folders.
 */
export async function keepingEach(
  folder: string,
  work: () => Promise<void>,
): Promise<readonly string[]> {
  const { exec, pragma } = Database.prototype;
  const statement = Object.getPrototypeOf(new Database(":memory:").prepare("SELECT 1"));
  const { run } = statement;
  const kept: string[] = [];
  const keep = () => {
    const to = join(folder, `behind-${kept.length}`);
    mkdirSync(to);
    for (const name of ["dev.db", "dev.db-journal", "dev.db-wal"])
      if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(to, name));
    kept.push(to);
  };
  const isOurs = (database: Database.Database) => !database.memory && !database.readonly;
  Database.prototype.exec = function (sql) {
    if (isOurs(this) && sql !== "") keep();
    return exec.call(this, sql);
  };
  Database.prototype.pragma = function (sql, options) {
    if (isOurs(this) && sql.includes("=")) keep();
    return pragma.call(this, sql, options);
  };
  statement.run = function (this: Database.Statement, ...values: unknown[]) {
    if (isOurs(this.database)) keep();
    return run.apply(this, values);
  };
  try {
    await work();
  } finally {
    Object.assign(Database.prototype, { exec, pragma });
    statement.run = run;
  }
  keep();
  return kept;
}
