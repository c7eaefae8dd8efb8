/** A story that is the same on every database: a project, the whole command, and a look at the database itself. */
import { copyFileSync, cpSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { describe, inject } from "vitest";
import { split } from "../../src/dialects/postgresql/split.ts";
import { createDatabase, query, session } from "./postgres/database.ts";
import type { PostgresServer } from "./postgres/start.ts";
import {
  createProject,
  type Project,
  type Result,
  type Running,
  type RunOptions,
} from "./project.ts";
import { postgresSchema, sqliteSchema } from "./schema-dump.ts";

const repository = resolve(import.meta.dirname, "../..");

/** One of the databases of the test run. */
export interface Place {
  readonly dialect: "sqlite" | "postgresql";
  /** An empty database, and a project beside it. */
  begin(files?: Readonly<Record<string, string>>, config?: StoryConfig): Promise<Story>;
}

export interface StoryConfig {
  readonly lockTimeout?: string;
  readonly statementTimeout?: string;
  readonly backup?: string;
}

export interface Story extends Omit<Project, "sqlite"> {
  readonly dialect: "sqlite" | "postgresql";
  readonly url: string;
  /** Ask the database itself. */
  rows<Row = Record<string, unknown>>(sql: string): Promise<Row[]>;
  /** Run a script as `psql` or `sqlite3` would: one statement after the other, until one fails. */
  exec(script: string): Promise<void>;
  /** The rows of the version table, sorted. */
  heads(): Promise<readonly string[]>;
  /** The log, oldest first: "up 0001", "up 0002 failed", "up 0003 unfinished". */
  log(): Promise<readonly string[]>;
  /** Everything in the database that is not mig's, as text that can be compared. */
  schema(): Promise<string>;
  /** Wait until a revision is at this gate (see `gate.ts`). */
  reached(gate: string): Promise<void>;
  /** Let it through. */
  open(gate: string): void;
}

/** The same tests on SQLite and on every PostgreSQL server. */
export function forEachDatabase(tests: (place: Place) => void): void {
  describe("SQLite", () => tests({ dialect: "sqlite", begin: beginOnSqlite }));
  forEachPostgres(tests);
}

/** The same tests on every PostgreSQL server. */
export function forEachPostgres(tests: (place: Place, server: PostgresServer) => void): void {
  for (const server of inject("postgres")) {
    const begin: Place["begin"] = (files, config) => beginOnPostgres(server, files, config);
    describe(`PostgreSQL ${server.name}`, () => tests({ dialect: "postgresql", begin }, server));
  }
}

/** The files of the repository's own example project. */
export function copyExample(story: Pick<Story, "folder">): void {
  cpSync(join(repository, "versions"), join(story.folder, "versions"), { recursive: true });
  cpSync(join(repository, "schema"), join(story.folder, "schema"), { recursive: true });
  copyFileSync(join(repository, "migrator.config.ts"), join(story.folder, "migrator.config.ts"));
}

/** A story on SQLite; the database is data/dev.db of the project. */
export async function beginOnSqlite(
  files: Readonly<Record<string, string>> = {},
  config: StoryConfig = {},
): Promise<Story> {
  const project = createProject({ ...common(config), ...files });
  const path = join(project.folder, "data/dev.db");
  const rows = async <Row>(sql: string) => {
    const database = new Database(path, { timeout: 5_000 });
    try {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all() as Row[];
      statement.run();
      return [];
    } finally {
      database.close();
    }
  };
  const exec = async (script: string) => {
    project.write({ "data/.keep": "" });
    const database = new Database(path);
    try {
      database.exec(script);
    } finally {
      database.close();
    }
  };
  const schema = async () =>
    sqliteSchema(await rows<Record<string, string>>("SELECT * FROM sqlite_schema"));
  return storyOf(project, { dialect: "sqlite", url: "sqlite:data/dev.db", rows, exec, schema });
}

/** A story in a database of its own. */
export async function beginOnPostgres(
  server: PostgresServer,
  files: Readonly<Record<string, string>> = {},
  config: StoryConfig = {},
): Promise<Story> {
  const url = await createDatabase(server);
  const project = createProject({ ...common(config), ...files });
  const rows = async <Row>(sql: string) => (await query(url, sql)) as Row[];
  const exec = (script: string) =>
    session(url, async (client) => {
      for (const { sql } of split(script)) await client.query(sql);
    });
  return storyOf(project, {
    dialect: "postgresql",
    url,
    rows,
    exec,
    schema: () => postgresSchema(rows),
  });
}

function storyOf(
  project: Project,
  here: Pick<Story, "dialect" | "url" | "rows" | "exec" | "schema">,
): Story {
  const withUrl = (options: RunOptions = {}): RunOptions => ({
    ...options,
    env: { DATABASE_URL: here.url, ...options.env },
  });
  return {
    ...project,
    ...here,
    mig: (args, options) => project.mig(args, withUrl(options)),
    start: (args, options) => project.start(args, withUrl(options)),
    async heads() {
      const rows = await here.rows<{ id: string }>("SELECT version_num AS id FROM mig_version");
      return rows.map(({ id }) => id).sort();
    },
    async log() {
      const rows = await here.rows<LogLine>(
        "SELECT direction, revision, success FROM mig_log ORDER BY id",
      );
      return rows.map(logLine);
    },
    reached: (gate) => until(() => existsSync(join(project.folder, `${gate}.reached`))),
    open: (gate) => project.write({ [`${gate}.open`]: "" }),
  };
}

interface LogLine {
  readonly direction: string;
  readonly revision: string;
  readonly success: boolean | number | null;
}

function logLine({ direction, revision, success }: LogLine): string {
  const outcome = success === null ? " unfinished" : success ? "" : " failed";
  return `${direction} ${revision}${outcome}`;
}

/** Wait until `condition` holds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  atMost = 20_000,
): Promise<void> {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > atMost)
      throw new Error(`waited ${atMost} ms for ${condition}`);
    await sleep(10);
  }
}

/** Wait until a running command has said something that matches. */
export function saying(running: Running, pattern: RegExp): Promise<void> {
  return until(() => pattern.test(running.said()));
}

/** Fail with all that the command said unless it ended well. */
export function succeeded(result: Result): Result {
  if (result.code === 0) return result;
  throw new Error(`mig ended with ${result.code}:\n${result.stdout}${result.stderr}`);
}

/** The `error` of a command that failed with --json, and that its process ended with 1. */
export function errorOf(result: Result): Record<string, string> {
  if (result.code !== 1)
    throw new Error(`mig ended with ${result.code}:\n${result.stdout}${result.stderr}`);
  return result.json<{ error: Record<string, string> }>().error;
}

function common(config: StoryConfig): Record<string, string> {
  return {
    "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  environments: { dev: ${JSON.stringify(config)} },
});
`,
    "gate.ts": `/** Work of a revision waits here until the test lets it through. */
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export async function gate(name: string): Promise<void> {
  writeFileSync(\`\${name}.reached\`, "");
  while (!existsSync(\`\${name}.open\`)) await sleep(10);
}
`,
  };
}
