/** A project in a temporary folder, and the whole `mig` command run in it. */
import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";

const repository = resolve(import.meta.dirname, "../..");
export const cli = join(repository, "dist/cli.cjs");

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. */
  json<Document = Record<string, unknown>>(): Document;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Another command line than the one of this repository. */
  readonly cli?: string;
  /** Run it as this user, where the tests run as root. */
  readonly uid?: number;
}

export interface Project {
  readonly folder: string;
  /** Run `mig` with these arguments. */
  mig(args: readonly string[], options?: RunOptions): Promise<Result>;
  /** Start `mig` with these arguments, and go on. */
  start(args: readonly string[], options?: RunOptions): Running;
  write(files: Readonly<Record<string, string>>): void;
  read(file: string): string;
  /** The files below a folder, sorted. */
  list(folder: string): readonly string[];
  /** Ask the project's SQLite database (data/dev.db) directly. */
  sqlite<Row = Record<string, unknown>>(sql: string): Row[];
}

export const sqliteConfig = `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  environments: { dev: { url: process.env.DATABASE_URL ?? "sqlite:data/dev.db" } },
});
`;

/** A project with `files`; a config for SQLite and an empty versions folder are there unless given. */
export function createProject(files: Readonly<Record<string, string>> = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), "mig-story-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  const project = projectIn(folder);
  project.write({
    "package.json": JSON.stringify({ name: "story", type: "module" }),
    "migrator.config.ts": sqliteConfig,
    "versions/.gitkeep": "",
    ...files,
  });
  return project;
}

function projectIn(folder: string): Project {
  return {
    folder,
    mig: (args, options = {}) => run(args, { cwd: folder, ...options }),
    start: (args, options = {}) => start(args, { cwd: folder, ...options }),
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
    read: (file) => readFileSync(join(folder, file), "utf8"),
    list: (below) => readdirSync(join(folder, below), { recursive: true, encoding: "utf8" }).sort(),
    sqlite<Row>(sql: string) {
      const database = new Database(join(folder, "data/dev.db"));
      try {
        const statement = database.prepare(sql);
        if (statement.reader) return statement.all() as Row[];
        statement.run();
        return [];
      } finally {
        database.close();
      }
    },
  };
}

/** Run the built command line, without a terminal. */
export function run(args: readonly string[], options: RunOptions): Promise<Result> {
  return launch(args, options).ended;
}

/** A command that is running. */
export interface Running {
  readonly pid: number;
  /** How it ended, if it has; `code` is null after a signal. */
  readonly ended: Promise<Result>;
  /** What it has said so far, on stdout and stderr. */
  said(): string;
  /** End it with SIGKILL; nothing of it can clean up. */
  kill(): Promise<Result>;
}

/** Start the built command line, without a terminal. It does not outlive the test. */
export function start(args: readonly string[], options: RunOptions): Running {
  const running = launch(args, options);
  onTestFinished(() => void running.kill());
  return running;
}

function launch(
  args: readonly string[],
  { env, cwd, input, uid, cli: command = cli }: RunOptions,
): Running {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: { ...clean(process.env), ...env },
    stdio: ["pipe", "pipe", "pipe"],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Result>((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => {
      done({ code, stdout, stderr, json: () => JSON.parse(stdout) });
    });
  });
  child.stdin.on("error", () => {}).end(input ?? "");
  return {
    pid: child.pid ?? 0,
    ended,
    said: () => stdout + stderr,
    kill() {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

/** Nothing of the developer's own databases and colours reaches a story. */
function clean(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const hidden =
    /^(DATABASE_URL|PRODUCTION_DATABASE_URL|DB_.*|PG.*|FORCE_COLOR|NO_COLOR|CI|VISUAL|EDITOR|NODE_OPTIONS|VITEST.*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !hidden.test(name)));
}

/** The text of a revision whose scripts are the given lines of `op`. */
export function revisionFile(options: {
  readonly revision: string;
  readonly down?: string | readonly string[] | null;
  readonly upgrade?: string;
  readonly downgrade?: string;
  readonly header?: string;
  readonly message?: string;
}): string {
  const {
    revision,
    down = null,
    upgrade = "",
    downgrade = "",
    header = "",
    message = revision,
  } = options;
  return `/**
 * ${message}
 */
import { check, foreignKey, primaryKey, sql, t, unique, type Op } from "drizzle-mig";

export const revision = ${JSON.stringify(revision)};
export const downRevision = ${JSON.stringify(down)};
${header}

export function upgrade(op: Op) {
  ${upgrade}
}

export function downgrade(op: Op) {
  ${downgrade}
}
`;
}
