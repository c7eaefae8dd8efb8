/** The Alembic of a project, run as a child process in offline mode: it connects to nothing. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { DialectName } from "../../model/schema.ts";
import { dialectIn } from "./printed.ts";

export interface Installed {
  readonly command: string;
  /** The folder of alembic.ini. */
  readonly folder: string;
}

export interface Output {
  readonly sql: string;
  readonly failed: boolean;
  /** What Alembic spoke; null where it did not get so far. */
  readonly dialect: string | null;
  /** The last line of what it complained about. */
  readonly why: string;
}

/** Null where there is no Alembic, or no config of it. */
export function findAlembic(folder: string, root: string): Installed | null {
  const config = [folder, dirname(folder), dirname(dirname(folder))].find(hasConfig);
  if (config === undefined) return null;
  const own = [config, dirname(config), root].flatMap((below) =>
    [".venv", "venv", "env"].map((name) => join(below, name, "bin")),
  );
  const places = [...own, ...(process.env.PATH ?? "").split(delimiter).filter(Boolean)];
  const command = places.map((place) => join(place, "alembic")).find(isFile);
  return command === undefined ? null : { command, folder: config };
}

/** The folder of the migrations has the same name. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function hasConfig(folder: string): boolean {
  if (existsSync(join(folder, "alembic.ini"))) return true;
  const project = join(folder, "pyproject.toml");
  return existsSync(project) && readFileSync(project, "utf8").includes("[tool.alembic]");
}

/** A revision may be long, and a script of a thousand of them longer. */
const limits = { timeout: 120_000, maxBuffer: 256 * 1024 * 1024 };

/** Run it for `dialect`, if its env.py takes the database from DATABASE_URL; null leaves that as it is. */
export function runAlembic(
  { command, folder }: Installed,
  dialect: DialectName | null,
  args: readonly string[],
): Output {
  const { status, stdout, stderr, error } = spawnSync(command, [...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...(dialect && { DATABASE_URL: urls[dialect] }) },
    stdio: ["ignore", "pipe", "pipe"],
    ...limits,
  });
  const said = `${stderr ?? ""}`.trim().split("\n");
  return {
    sql: stdout ?? "",
    failed: error !== undefined || status !== 0,
    dialect: dialectIn(stdout ?? "", stderr ?? ""),
    why: error?.message ?? said.at(-1) ?? "",
  };
}

/** Offline, nothing but its kind is read of a URL. */
const urls: Readonly<Record<DialectName, string>> = {
  postgresql: "postgresql://localhost/offline",
  sqlite: "sqlite:///offline.db",
};
