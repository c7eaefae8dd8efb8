/** A project that lacks a driver, or drizzle-orm: mig runs without what is not needed, and names what is. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, type Project, type RunOptions, revisionFile } from "../support/project.ts";
import { refuses } from "./support.ts";

const repository = resolve(import.meta.dirname, "../..");
/** What npm installs with mig, without any of its peers. */
const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
const dependencies = Object.keys(manifest.dependencies);

/** A project into which mig was installed as npm does it, with these packages and no others beside it. */
function installed(packages: readonly string[], files: Readonly<Record<string, string>>): Project {
  const project = createProject(files);
  const modules = join(project.folder, "node_modules");
  rmSync(modules);
  for (const name of [...dependencies, ...packages]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), join(modules, name), "dir");
  }
  // A copy: from a link Node would look for drivers in the repository.
  for (const name of ["package.json", "dist/cli.cjs", "dist/cli", "dist/index.js", "templates"]) {
    cpSync(join(repository, name), join(modules, "drizzle-mig", name), { recursive: true });
  }
  const cli = join(modules, "drizzle-mig/dist/cli.cjs");
  return { ...project, mig: (args, options) => project.mig(args, { ...options, cli }) };
}

const files = {
  "versions/a.ts": revisionFile({ revision: "a", upgrade: 'op.execute("SELECT 1");' }),
};
const postgres: RunOptions = { env: { DATABASE_URL: "postgres://me@127.0.0.1:1/app" } };

describe("without any driver", () => {
  test("everything works that needs no database", async () => {
    const project = installed([], files);
    for (const line of ["--version", "history", "heads", "revision -m x", "merge --help"]) {
      expect(await project.mig(line.split(" ")), line).toMatchObject({ code: 0, stderr: "" });
    }
    const scripted = await project.mig(["upgrade", "a", "--sql"], postgres);
    expect(scripted.code).toBe(0);
    expect(scripted.stdout).toContain("SELECT 1");
    // On SQLite the earlier revisions are replayed in memory, so that is not to be had without.
    expect(await project.mig(["upgrade", "a", "--sql"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("npm install better-sqlite3"),
    });
  });

  test("SQLite asks for better-sqlite3", async () => {
    const project = installed([], files);
    for (const line of ["upgrade", "current", "status", "downgrade base", "stamp head"]) {
      await refuses(project, line.split(" "), {
        code: "DRIVER_MISSING",
        says: "error: SQLite needs the package better-sqlite3, which is not installed\nhelp: npm install better-sqlite3",
      });
    }
  });

  test("PostgreSQL asks for pg", async () => {
    await refuses(installed([], files), ["upgrade"], {
      code: "DRIVER_MISSING",
      options: postgres,
      says: "error: PostgreSQL needs the package pg, which is not installed\nhelp: npm install pg",
    });
  });

  test("init still begins a project", async () => {
    const project = installed([], {});
    rmSync(join(project.folder, "migrator.config.ts"));
    expect(await project.mig(["init"])).toMatchObject({ code: 0, stderr: "" });
    expect(project.read("migrator.config.ts")).toContain("sqlite:data/dev.db");
  });
});

describe("with one driver", () => {
  test("the other is not needed", async () => {
    const project = installed(["better-sqlite3"], files);
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });
    expect(await project.mig(["current"], postgres)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("error: PostgreSQL needs the package pg"),
    });
  });

  test("init takes the dialect that the driver is for", async () => {
    const project = installed(["pg"], {});
    rmSync(join(project.folder, "migrator.config.ts"));
    await project.mig(["init"]);
    expect(project.read("migrator.config.ts")).toContain("dev: { url: process.env.DATABASE_URL },");
  });
});

describe("without drizzle-orm", () => {
  const work = (body: string) => ({
    "versions/a.ts": revisionFile({
      revision: "a",
      upgrade: `op.run("work", async (db) => {\n    ${body}\n  });`,
    }),
  });

  test("op.run works as long as it does not ask for db.drizzle", async () => {
    const project = installed(["better-sqlite3"], work("await db.run(sql`CREATE TABLE t (x)`);"));
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });
  });

  test("db.drizzle asks for it", async () => {
    const project = installed(["better-sqlite3"], work("console.error(typeof db.drizzle);"));
    const { code, stderr } = await project.mig(["upgrade"]);
    expect(code).toBe(1);
    expect(stderr).toContain("needs the package drizzle-orm, which is not installed\n");
    expect(stderr).toContain("the database is still at base");
    expect(stderr).toContain("npm install drizzle-orm");
  });
});

describe("a driver that is installed and does not run", () => {
  const broken = (text: string): Project => {
    const project = installed([], files);
    const folder = join(project.folder, "node_modules/better-sqlite3");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "better-sqlite3", main: "index.js" }),
    );
    writeFileSync(join(folder, "index.js"), text);
    return project;
  };
  const otherNode = 'throw new Error("was compiled against a different Node.js version");\n';
  // As better-sqlite3 has it: the binary is looked for when a database is opened.
  const noBinary =
    'module.exports = class { constructor() { throw new Error("Could not locate the bindings file"); } };\n';

  test("says itself why", async () => {
    for (const text of [otherNode, noBinary]) {
      for (const command of ["upgrade", "current"]) {
        const { code, stdout, stderr } = await broken(text).mig([command]);
        expect([code, stdout]).toEqual([1, ""]);
        expect(stderr).toMatch(/was compiled against|Could not locate the bindings/);
      }
    }
  });

  // It happens after every change of Node, and where install scripts are blocked.
  test("is told to be built again", async () => {
    for (const text of [otherNode, noBinary]) {
      for (const command of ["upgrade", "current"]) {
        const { stderr } = await broken(text).mig([command]);
        expect(stderr).toContain("npm rebuild better-sqlite3");
        expect(stderr).not.toContain("defect of mig");
      }
    }
  });
});
