/** `mig init`: a project is set up, and nothing that was there is touched. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, type Project, type RunOptions } from "../support/project.ts";
import { onlyFile, refuses, snapshot } from "./support.ts";

/** A folder where mig was never run. */
function freshFolder(files: Readonly<Record<string, string>> = {}): Project {
  const project = createProject(files);
  rmSync(join(project.folder, "migrator.config.ts"));
  rmSync(join(project.folder, "versions"), { recursive: true });
  return project;
}

const next = '\nNext: mig revision -m "first" && mig upgrade head\n';
const written = `wrote    migrator.config.ts
wrote    versions/.gitkeep
wrote    templates/revision.ts.template
wrote    templates/revision.sql.template
${next}`;

/** The first revision of a new project is written and run. */
async function firstRevision(project: Project, options: RunOptions = {}): Promise<void> {
  const revision = await project.mig(["revision", "-m", "first"], options);
  expect(revision).toMatchObject({ code: 0, stderr: "" });
  const upgrade = await project.mig(["upgrade", "head"], options);
  expect(upgrade).toMatchObject({ code: 0, stderr: "" });
  expect(upgrade.stdout).toMatch(/^upgrade {4}[0-9a-f]{12} {2}first \(\d+ ms\)\n$/);
}

describe("a fresh project", () => {
  test("gets a config, a versions folder and templates, and can begin", async () => {
    const project = freshFolder();
    expect(await project.mig(["init"])).toMatchObject({ code: 0, stdout: written, stderr: "" });
    expect(project.read("migrator.config.ts")).toBe(`import { defineConfig } from "drizzle-mig";

export default defineConfig({
  versions: "versions",
  templates: "templates",
  environments: {
    dev: { url: process.env.DATABASE_URL ?? "sqlite:data/dev.db" },
  },
  defaultEnvironment: "dev",
});
`);
    expect(project.read("versions/.gitkeep")).toBe("");
    await firstRevision(project);
    expect(project.sqlite("SELECT count(*) AS n FROM mig_version")).toEqual([{ n: 1 }]);
  });

  test("may be CommonJS, and needs no package.json that says otherwise", async () => {
    const project = freshFolder({ "package.json": JSON.stringify({ name: "old" }) });
    expect(await project.mig(["init"])).toMatchObject({ code: 0, stdout: written, stderr: "" });
    await firstRevision(project);
  });

  test("gets both schemas and a protected production with --dual", async () => {
    const project = freshFolder();
    const { code, stdout } = await project.mig(["init", "--dual"]);
    expect([code, stdout]).toEqual([
      0,
      written.replace(
        next,
        `wrote    schema/sqlite.ts\nwrote    schema/postgresql.ts\n${next.replace("revision", "revision --autogenerate")}`,
      ),
    ]);
    expect(project.read("migrator.config.ts")).toContain(`
  schema: { sqlite: "schema/sqlite.ts", postgresql: "schema/postgresql.ts" },
  environments: {
    dev: { url: process.env.DATABASE_URL ?? "sqlite:data/dev.db" },
    production: { url: process.env.PRODUCTION_DATABASE_URL, protected: true },
  },
`);
    expect(project.read("schema/sqlite.ts")).toContain('sqliteTable("users"');
    expect(project.read("schema/postgresql.ts")).toContain('pgTable("users"');
    await firstRevision(project);
  });
});

describe("what is there already", () => {
  test("a config of any kind means that the project is set up", async () => {
    for (const name of ["migrator.config.ts", "migrator.config.mjs", "migrator.config.cjs"]) {
      const project = freshFolder();
      project.write({ [name]: "export default {};\n" });
      await refuses(project, ["init"], {
        code: "CONFIG_EXISTS",
        json: false,
        says: `error: ${name} is there already
help: the project is set up: nothing was written; remove the config first to start anew`,
      });
    }
  });

  test("a second run without the config keeps every other file as it is", async () => {
    const project = freshFolder();
    await project.mig(["init"]);
    project.write({
      "templates/revision.ts.template": "mine\n",
      "versions/.gitkeep": "mine\n",
    });
    rmSync(join(project.folder, "migrator.config.ts"));
    const before = snapshot(project);
    expect(await project.mig(["init"])).toMatchObject({
      code: 0,
      stdout: `wrote    migrator.config.ts
kept     versions/.gitkeep
kept     templates/revision.ts.template
kept     templates/revision.sql.template
${next}`,
    });
    const { "migrator.config.ts": config, ...others } = snapshot(project);
    expect(config).toBeDefined();
    expect(others).toEqual(before);
  });

  test("a file where a folder has to be is told as one", async () => {
    const project = freshFolder({ templates: "not a folder" });
    const { code, stderr } = await project.mig(["init"]);
    expect(code).toBe(1);
    expect(stderr).toContain("error: templates/revision.ts.template cannot be written: ");
    expect(stderr).toContain("help: check the folder: that it is one, who may write to it");
    expect(project.read("templates")).toBe("not a folder");
  });
});

describe("an existing drizzle.config", () => {
  const drizzleConfig = (members: string) => `import { defineConfig } from "drizzle-kit";
export default defineConfig({ out: "./drizzle", ${members} });
`;

  /** `mig init` beside a drizzle.config.ts: what it noted, and the config that it wrote. */
  async function initBeside(text: string, options: RunOptions = {}, name = "drizzle.config.ts") {
    const project = freshFolder({ [name]: text });
    const result = await project.mig(["init"], options);
    expect([result.code, result.stdout]).toEqual([0, written]);
    expect(project.read(name)).toBe(text);
    const config = project.read("migrator.config.ts");
    return { project, notes: result.stderr, config };
  }

  test("gives the schema and the path of an SQLite file", async () => {
    const { project, notes, config } = await initBeside(
      drizzleConfig(
        'dialect: "sqlite", schema: "./src/schema.ts", dbCredentials: { url: "local.db" }',
      ),
    );
    expect(notes).toBe("read drizzle.config.ts\n");
    expect(config).toContain('schema: { sqlite: "./src/schema.ts" },');
    expect(config).toContain('dev: { url: "sqlite:local.db" },');
    await firstRevision(project);
    expect(Object.keys(snapshot(project))).toContain("local.db");
  });

  test("gives the name of the variable that holds its URL", async () => {
    const text = drizzleConfig(
      'dialect: "postgresql", schema: ["./a.ts", "./b.ts"], dbCredentials: { url: process.env.APP_DB! }',
    );
    const set = await initBeside(text, { env: { APP_DB: "postgres://me:s3cret@host/app" } });
    const unset = await initBeside(text);
    for (const { notes, config } of [set, unset]) {
      expect(notes).toBe("read drizzle.config.ts\n");
      expect(config).toContain('schema: { postgresql: ["./a.ts","./b.ts"] },');
      expect(config).toContain("dev: { url: process.env.APP_DB },");
      expect(config).not.toContain("s3cret");
    }
  });

  test("may give the bare path of an SQLite file in a variable", async () => {
    const text = drizzleConfig(
      'dialect: "sqlite", dbCredentials: { url: process.env["DB_FILE_NAME"]! }',
    );
    const env = { DB_FILE_NAME: "app.sqlite" };
    const { project, config } = await initBeside(text, { env });
    expect(config).toContain(
      `dev: { url: process.env.DB_FILE_NAME && \`sqlite:\${process.env.DB_FILE_NAME}\` },`,
    );
    await firstRevision(project, { env });
    expect(Object.keys(snapshot(project))).toContain("app.sqlite");
    const without = await project.mig(["current"]);
    expect(without.stderr).toContain('error: environment "dev" has no database URL\n');
  });

  test("never has its password written down", async () => {
    const credentials = [
      'url: "postgres://me:s3cret@host/app"',
      'host: "host", user: "me", password: "s3cret", database: "app"',
    ];
    for (const each of credentials) {
      const { project, notes, config } = await initBeside(
        drizzleConfig(`dialect: "postgresql", dbCredentials: { ${each} }`),
      );
      expect(notes).toBe("read drizzle.config.ts; its credentials are not copied\n");
      expect(config).toContain("dev: { url: process.env.DATABASE_URL },");
      const { "drizzle.config.ts": _, ...ours } = snapshot(project);
      expect(JSON.stringify(ours)).not.toContain("s3cret");
    }
  });

  test("of another dialect, or one that fails, is told and does not stop it", async () => {
    const turso = await initBeside(drizzleConfig('dialect: "turso"'));
    expect(turso.notes).toBe("drizzle.config.ts: its dialect is neither sqlite nor postgresql\n");
    const broken = await initBeside('throw new Error("APP_DB is not set");\n');
    expect(broken.notes).toBe(
      "drizzle.config.ts could not be read: drizzle.config.ts failed while it was loaded: APP_DB is not set\n",
    );
    for (const { config } of [turso, broken]) {
      expect(config).toContain('dev: { url: process.env.DATABASE_URL ?? "sqlite:data/dev.db" },');
    }
  });

  test("may be JSON", async () => {
    const json = JSON.stringify({ dialect: "sqlite", dbCredentials: { url: "file:x.db" } });
    const { notes, config } = await initBeside(json, {}, "drizzle.config.json");
    expect(notes).toBe("read drizzle.config.json\n");
    expect(config).toContain('dev: { url: "file:x.db" },');
  });
});

test("the templates that init writes are the ones that revisions are made from", async () => {
  const project = freshFolder();
  await project.mig(["init"]);
  project.write({
    "templates/revision.ts.template": "/** {{message}} */\n// house rules\n{{header}}\n",
  });
  await project.mig(["revision", "-m", "first", "--rev-id", "a1"]);
  expect(project.read(onlyFile(project, "versions"))).toBe(
    '/** first */\n// house rules\nexport const revision = "a1";\nexport const downRevision = null;\n',
  );
});
