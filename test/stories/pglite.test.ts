/** PostgreSQL without a server: PGlite as an environment, and for what is tried out. */
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { at, forEachServer, query } from "../support/postgres/database.ts";
import { createProject, type Project, revisionFile } from "../support/project.ts";
import { copyExample, succeeded } from "../support/story.ts";

const repository = resolve(import.meta.dirname, "../..");

test("a folder of PGlite is an environment like any other", async () => {
  const project = createProject();
  copyExample(project);
  const env = { DATABASE_URL: "pglite:data/pg" };
  const run = (...args: string[]) => project.mig(args, { env });

  // A look makes nothing.
  expect((await run("current", "--json")).json()).toMatchObject({
    dialect: "postgresql",
    pending: 10,
  });
  expect(existsSync(join(project.folder, "data"))).toBe(false);

  succeeded(await run("upgrade", "head"));
  expect((await run("current", "--json")).json()).toMatchObject({ pending: 0, atHead: true });
  expect(succeeded(await run("check")).stdout).toBe("the database is what the schema says\n");
  const back = await run("downgrade", "base", "--json");
  expect(back.json<{ steps: unknown[]; current: string[] }>()).toMatchObject({ current: [] });
  expect(back.json<{ steps: unknown[] }>().steps).toHaveLength(10);
});

test("an error of PGlite is told as a server's, and what ran is rolled back", async () => {
  const project = createProject({
    "versions/a.ts": revisionFile({
      revision: "a",
      upgrade: `op.execute("CREATE TABLE kept (id integer)"); op.execute("SELECT 1 / 0");
  op.run("nothing", async () => {});`,
    }),
  });
  const env = { DATABASE_URL: "pglite:data/pg" };
  const failed = await project.mig(["upgrade", "--json"], { env });
  expect(failed.json<{ error: object }>().error).toMatchObject({
    code: "REVISION_FAILED",
    message: "revision a failed: division by zero",
    statement: "SELECT 1 / 0",
    state: "the revision was rolled back; the database is still at base",
  });
  expect((await project.mig(["status", "--json"], { env })).json()).toMatchObject({
    revisions: [{ revision: "a", state: "failed" }],
  });
});

test("work of a revision has the project's drizzle-orm, in memory too", async () => {
  const project = createProject({
    "versions/a.ts": revisionFile({
      revision: "a",
      upgrade: `op.createTable("t", [t.integer("id"), t.jsonb("data")]);
  op.run("rows", async (db) => {
    await db.run(sql\`INSERT INTO t VALUES (\${1}, \${'{"a": 1}'})\`);
    const [row] = await db.all("SELECT id, data FROM t");
    const { rows } = await (db.drizzle as any).execute("SELECT count(*)::int AS n FROM t");
    console.log(JSON.stringify({ row, rows }));
  });`,
    }),
  });
  const { stderr, code } = await project.mig(["upgrade"], { env: { DATABASE_URL: "pglite:" } });
  expect([stderr, code]).toEqual(['{"row":{"id":1,"data":{"a":1}},"rows":[{"n":1}]}\n', 0]);
});

/** A project into which mig was installed with these packages and no others beside it. */
function installed(packages: readonly string[]): Project {
  const project = createProject({
    "versions/a.ts": revisionFile({ revision: "a" }),
  });
  const modules = join(project.folder, "node_modules");
  rmSync(modules);
  for (const name of ["oxc-transform", "oxc-resolver", ...packages]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), join(modules, name), "dir");
  }
  for (const name of ["package.json", "dist/cli.cjs", "dist/cli"])
    cpSync(join(repository, name), join(modules, "drizzle-mig", name), { recursive: true });
  const cli = join(modules, "drizzle-mig/dist/cli.cjs");
  return { ...project, mig: (args, options) => project.mig(args, { ...options, cli }) };
}

test("without PGlite it is said what to install, and the other database is tested all the same", async () => {
  const project = installed(["better-sqlite3", "bindings", "file-uri-to-path", "pg"]);
  const { code, stderr } = await project.mig(["test", "--dialect", "postgresql"]);
  expect([code, stderr]).toEqual([
    1,
    `error: PostgreSQL without a server needs the package @electric-sql/pglite, which is not installed
help: npm install --save-dev @electric-sql/pglite; or name a server to try things on: \`scratch: { postgresql: "postgres://…" }\` in the config; --dialect sqlite goes on without
`,
  ]);
  expect(await project.mig(["test", "--dialect", "sqlite"])).toMatchObject({ code: 0, stderr: "" });
});

forEachServer((server) => {
  test("a server may stand in for PGlite, and keeps nothing", async () => {
    const config = (url: string) => `import { defineConfig } from "drizzle-mig";
export default defineConfig({ scratch: { postgresql: ${JSON.stringify(url)} } });
`;
    const up =
      'op.run("x", async (db) => console.log((await db.all("SHOW data_directory")).length));';
    const project = createProject({
      "migrator.config.ts": config(server.url),
      "versions/a.ts": revisionFile({ revision: "a", upgrade: up }),
    });
    const { code, stdout } = await project.mig(["test", "--dialect", "postgresql"]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining("1 revision up, down and up again: nothing found"),
    ]);
    const left = "SELECT datname FROM pg_database WHERE datname LIKE 'mig\\_scratch\\_%'";
    expect(await query(server.url, left)).toEqual([]);

    project.write({ "migrator.config.ts": config(at(server.url, { database: "missing" })) });
    const missing = await project.mig(["test", "--dialect", "postgresql", "--json"]);
    expect(missing.json<{ error: object }>().error).toMatchObject({ code: "DATABASE_MISSING" });
  });
});
