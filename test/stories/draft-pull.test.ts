/** Adopting a database that exists: drizzle-kit writes its schema down, and mig says how well. */
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { type Story, succeeded } from "../support/story.ts";
import { check, clean, draft, onBoth } from "./draft-support.ts";
import { refuses } from "./support.ts";

const modules = resolve(import.meta.dirname, "../../node_modules");
const tables = `CREATE TABLE users (id integer PRIMARY KEY NOT NULL, name text NOT NULL, size integer DEFAULT 12);
CREATE TABLE posts (id integer PRIMARY KEY NOT NULL, user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE, body text);
CREATE INDEX posts_of_user ON posts (user_id);`;

const config = (dialect: string, schema: string) =>
  `export default { schema: { ${dialect}: ${schema} }, environments: { dev: {} } };`;

onBoth(({ begin, dialect }) => {
  async function beginWith(sql: string, schema = '"db/schema.ts"'): Promise<Story> {
    const story = await begin({ "migrator.config.ts": config(dialect, schema) });
    await story.exec(sql);
    return story;
  }

  test("pull, a base revision, stamp, and check finds nothing", async () => {
    const story = await beginWith(`${tables}\nINSERT INTO users VALUES (1, 'Ada', 1);`);
    const pulled = succeeded(await story.mig(["pull"]));
    expect(pulled).toMatchObject({
      stdout: "wrote db/schema.ts\n",
      stderr:
        "next: mig revision --autogenerate --from-empty -m base && mig stamp head && mig check\n",
    });
    expect(story.list("db")).toEqual(["schema.ts"]);
    const text = await draft(story, "first", "--from-empty");
    expect(text).toContain("posts_of_user");
    succeeded(await story.mig(["stamp", "head"]));
    expect(await check(story, "--strict")).toEqual(clean);
    expect(await story.rows("SELECT name FROM users")).toEqual([{ name: "Ada" }]);
  });

  test("what drizzle-kit writes otherwise than the database has it is told", async () => {
    const story = await beginWith(
      dialect === "sqlite"
        ? "CREATE TABLE t (id integer PRIMARY KEY NOT NULL, at text DEFAULT CURRENT_TIMESTAMP NOT NULL);"
        : "CREATE TABLE t (id integer PRIMARY KEY NOT NULL, a integer, CHECK (a > 0), EXCLUDE (a WITH =)); CREATE INDEX i ON t (a) INCLUDE (id);",
    );
    const pulled = await leavesDatabase(story, () => story.mig(["pull", "--json"]));
    expect(pulled.code).toBe(0);
    expect(pulled.json()).toMatchObject({ file: "db/schema.ts", dialect });
    if (dialect === "sqlite") {
      const again = succeeded(await story.mig(["pull", "--force"]));
      expect(again.stderr).toContain("~ column t.at: default");
      expect(again.stderr).toContain(
        "drizzle-kit did not write all of the database down; correct db/schema.ts until `mig check` finds nothing",
      );
    }
  });

  test("refusals", async () => {
    const story = await beginWith(tables);
    story.write({ "db/schema.ts": "// mine" });
    await refuses(story, ["pull"], {
      code: "SCHEMA_FILE_EXISTS",
      says: "error: db/schema.ts is there already\n  db/schema.ts\nhelp: nothing was written; --force writes over it",
    });
    story.write({ "migrator.config.ts": config(dialect, '"db/*.ts"') });
    await refuses(story, ["pull", "--force"], {
      code: "PULL_TARGET",
      says: 'error: a pulled schema is one file, and the config names db/*.ts\nhelp: name the file to write: `schema: { postgresql: "schema/postgresql.ts" }`',
    });
    story.write({ "migrator.config.ts": config(dialect, '"db/schema.ts"') });
    rmSync(join(story.folder, "node_modules"));
    mkdirSync(join(story.folder, "node_modules"));
    for (const name of ["pg", "better-sqlite3", "drizzle-orm"])
      symlinkSync(join(modules, name), join(story.folder, "node_modules", name), "dir");
    await refuses(story, ["pull", "--force"], {
      code: "KIT_MISSING",
      says: "error: the schema file is written by drizzle-kit, which is not installed\nhelp: npm install --save-dev drizzle-kit",
    });
    expect(story.read("db/schema.ts")).toBe("// mine");
  });
});

async function leavesDatabase<Result>(story: Story, work: () => Promise<Result>): Promise<Result> {
  const before = await story.schema();
  const result = await work();
  expect(await story.schema()).toBe(before);
  return result;
}
