/** A project whose second revision rebuilds tables, and runs of it that something stops. */
import { spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { type Contents, contentsOf } from "../support/contents.ts";
import { cli, createProject, type Project, type Result, revisionFile } from "../support/project.ts";
import { succeeded } from "../support/story.ts";

const faults = join(import.meta.dirname, "../support/sqlite-faults.cjs");

export const journals = ["DELETE", "WAL"] as const;
export type Journal = (typeof journals)[number];

const definition = `CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text COLLATE NOCASE, y integer CHECK (p.y > 0), g AS (x || '!'));
CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE, n text); CREATE INDEX i ON p(lower(x)) WHERE y > 1;
CREATE VIEW v AS SELECT p.x, c.n FROM p JOIN c ON c.p = p.id; CREATE TABLE log(what);
CREATE TRIGGER t AFTER DELETE ON p BEGIN INSERT INTO log VALUES (old.id); END`;

const rows = (count: number) => `
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
INSERT INTO p(x, y) SELECT 'row ' || i || hex(zeroblob(40)), i FROM n;
INSERT INTO c SELECT id, 'child' FROM p WHERE id % 3 = 0; DELETE FROM p WHERE id = ${count - 1}; DELETE FROM log`;

/** One table copied, one changed where only its text changes, one column added natively: every way there is. */
const upgrade = `op.alterColumn("p", "y", { type: t.text("y").type });
  op.addColumn("p", t.text("late", { default: "e" }));
  op.alterColumn("c", "n", { notNull: true, default: "none" });
  op.createIndex("late", "p", ["late"]);`;

export interface Site {
  readonly project: Project;
  readonly before: Contents;
  readonly after: Contents;
  /** A fresh copy of the database as it is before the revision; its path in the project. */
  copy(): string;
}

/** The project, and what its database holds before and after the revision. */
export async function siteOf(journal: Journal, count: number): Promise<Site> {
  const project = createProject({
    "versions/made.ts": revisionFile({
      revision: "made",
      upgrade: `op.execute(${JSON.stringify(definition)});`,
    }),
    "versions/changed.ts": revisionFile({ revision: "changed", down: "made", upgrade }),
    "data/.keep": "",
  });
  const at = (path: string) => ({ env: { DATABASE_URL: `sqlite:${path}` } });
  const file = (path: string) => join(project.folder, path);
  succeeded(await project.mig(["upgrade", "made"], at("data/made.db")));
  const engine = new Database(file("data/made.db"));
  engine.exec(`PRAGMA journal_mode = ${journal}; PRAGMA foreign_keys = OFF; ${rows(count)}`);
  engine.close();
  let copies = 0;
  const copy = () => {
    const path = `data/copy${copies++}.db`;
    copyFileSync(file("data/made.db"), file(path));
    return path;
  };
  const whole = copy();
  succeeded(await project.mig(["upgrade"], at(whole)));
  return {
    project,
    copy,
    before: contentsOf(file("data/made.db")),
    after: contentsOf(file(whole)),
  };
}

/** `mig upgrade --json` on a database, with faults; `blocks` limits every file, in units of 512 bytes. */
export function faulty(
  { project: { folder } }: Site,
  path: string,
  fault: Readonly<Record<string, string>>,
  blocks = "unlimited",
): Promise<Result> {
  const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
  const child = spawn("sh", ["-c", command, process.execPath, cli, "upgrade", "--json"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_OPTIONS: `--require ${faults}`,
      DATABASE_URL: `sqlite:${path}`,
      ...fault,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => {
      done({ code, stdout, stderr, json: () => JSON.parse(stdout) });
    });
  });
}

/** The database is whole, and as it was before or after; gives which it was. */
export function wholeAt(site: Site, path: string): "before" | "after" {
  const file = join(site.project.folder, path);
  const now = contentsOf(file);
  const is = JSON.stringify(now.schema) === JSON.stringify(site.before.schema) ? "before" : "after";
  expect(now).toEqual(site[is]);
  expect(headsOf(file)).toEqual([is === "before" ? "made" : "changed"]);
  return is;
}

/** The same, and the next run ends as if nothing had been. */
export async function finishes(site: Site, path: string): Promise<"before" | "after"> {
  const was = wholeAt(site, path);
  const options = { env: { DATABASE_URL: `sqlite:${path}` } };
  succeeded(await site.project.mig(["upgrade", "head"], options));
  expect(wholeAt(site, path)).toBe("after");
  return was;
}

function headsOf(file: string): readonly unknown[] {
  const engine = new Database(file);
  try {
    return engine.prepare("SELECT version_num FROM mig_version").pluck().all();
  } finally {
    engine.close();
  }
}
