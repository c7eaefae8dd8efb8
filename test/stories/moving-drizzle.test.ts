/** docs/moving/drizzle.md: folders that drizzle-kit made of a schema that changed fifty times, and its config. */
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createProject, type Project } from "../support/project.ts";
import { beginOnSqlite, errorOf, type Story, succeeded } from "../support/story.ts";
import { sha256, statesOf } from "./import-support.ts";
import { onBoth, onPostgres } from "./moving-support.ts";
import { snapshot } from "./support.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures/adopt/drizzle");

interface Entry {
  readonly tag: string;
  readonly when: number;
}

function entriesOf(dialect: string): readonly Entry[] {
  const file = join(fixtures, dialect, "drizzle/meta/_journal.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { entries: Entry[] }).entries;
}

const sqlOf = (dialect: string, tag: string) =>
  readFileSync(join(fixtures, dialect, "drizzle", `${tag}.sql`), "utf8");

function copyTo(project: Pick<Project, "folder">, dialect: string): void {
  cpSync(join(fixtures, dialect), project.folder, { recursive: true });
}

/** Run the first `count` migrations as drizzle-kit does, with its table. */
async function migrated(story: Story, count: number, table: string): Promise<void> {
  const { dialect } = story;
  const entries = entriesOf(dialect).slice(0, count);
  const schema = table.includes(".") ? `CREATE SCHEMA ${table.split(".")[0]};` : "";
  await story.exec(
    [
      ...entries.map(({ tag }) => sqlOf(dialect, tag).replaceAll("--> statement-breakpoint", "\n")),
      schema,
      `CREATE TABLE ${table} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint);`,
      ...entries.map(
        ({ tag, when }) =>
          `INSERT INTO ${table} (hash, created_at) VALUES ('${sha256(sqlOf(dialect, tag))}', ${when});`,
      ),
    ].join("\n"),
  );
}

const kitConfig = (dialect: string, more = "") => `import { defineConfig } from "drizzle-kit";
export default defineConfig({
  dialect: "${dialect}",
  schema: "./schema.ts",
  out: "./drizzle",
  dbCredentials: { url: process.env.DATABASE_URL! },
  ${more}
});
`;

/** A server is a quicker scratch engine than PGlite; the tests of drizzle.config.ts know none. */
const serverConfig = `export default { environments: { dev: {} }, scratch: { postgresql: process.env.DATABASE_URL } };
`;

onBoth((place) => {
  const { dialect } = place;

  test("fifty and more migrations, half of them applied, become a history that passes its test", {
    timeout: 240_000,
  }, async () => {
    const entries = entriesOf(dialect);
    expect(entries.length).toBeGreaterThanOrEqual(50);
    const story = await place.begin({
      "drizzle.config.ts": kitConfig(dialect, `migrations: { table: "done", schema: "kit" },`),
      "migrator.config.ts": serverConfig,
    });
    copyTo(story, dialect);
    const applied = 30;
    const table = dialect === "postgresql" ? "kit.done" : "done";
    await migrated(story, applied, table);
    const result = succeeded(await story.mig(["import", "drizzle", "--json"]));
    const told = result.json<{
      table: string;
      revisions: { revision: string; state: string; downgrade: string; file: string }[];
      current: string[];
      warnings: string[];
    }>();
    expect(told.warnings).toEqual([]);
    expect(told.revisions.map(({ revision }) => revision)).toEqual(entries.map(({ tag }) => tag));
    expect(new Set(told.revisions.map(({ downgrade }) => downgrade))).toEqual(new Set(["drafted"]));
    expect(told.current).toEqual([entries[applied - 1]?.tag]);
    expect((await statesOf(story)).filter((state) => state.endsWith(" applied"))).toHaveLength(
      applied,
    );

    story.write({
      "migrator.config.ts": serverConfig.replace("{", `{ schema: { ${dialect}: "schema.ts" },`),
    });
    succeeded(await story.mig(["upgrade"]));
    succeeded(await story.mig(["check"]));
    const byHand = await place.begin();
    await migrated(byHand, entries.length, table);
    expect(await story.schema()).toBe(await byHand.schema());
    // Back past the import, as far as there is anything.
    succeeded(await story.mig(["downgrade", "base"]));
    await story.exec(`DROP TABLE ${table}`);
    expect(await story.schema()).toBe("");

    const tested = await story.mig(["test"]);
    expect({ code: tested.code, stdout: tested.stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${entries.length} revisions up, down and up again`),
    });
  });
});

/** A small folder of 0.31. */
function smallFolder(dialect: string, ...migrations: string[]): Record<string, string> {
  const entries = migrations.map((_, idx) => ({
    idx,
    when: 1_737_367_200_000 + idx * 1000,
    tag: `000${idx}_step`,
  }));
  return {
    "migrator.config.ts": serverConfig,
    "drizzle/meta/_journal.json": JSON.stringify({ version: "7", dialect, entries }),
    ...Object.fromEntries(migrations.map((sql, idx) => [`drizzle/000${idx}_step.sql`, sql])),
  };
}

/** The same folder as `drizzle-kit up` of 1.0 leaves it. */
function folderOf1(dialect: string, ...migrations: string[]): Record<string, string> {
  const files = migrations.flatMap((sql, at) => {
    const folder = `drizzle/2025012010000${at}_step`;
    const prevIds = [at === 0 ? "00000000-0000-0000-0000-000000000000" : `s${at - 1}`];
    const said = dialect === "postgresql" ? "postgres" : dialect;
    const snapshot = JSON.stringify({ version: "8", dialect: said, id: `s${at}`, prevIds });
    return [
      [`${folder}/migration.sql`, sql],
      [`${folder}/snapshot.json`, snapshot],
    ];
  });
  return Object.fromEntries(files);
}

const create = "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, bio text);";
const index = "CREATE INDEX users_name ON users (name);";

/** A project that knows drizzle-kit alone. */
function withoutConfig(story: Pick<Story, "folder">): void {
  rmSync(join(story.folder, "migrator.config.ts"));
  rmSync(join(story.folder, "versions"), { recursive: true });
}

/** The layout is no matter of the database. */
const folders = {
  sqlite: { "0.31": smallFolder, "1.0": folderOf1 },
  postgresql: { "0.31": smallFolder },
};

onBoth((place) => {
  const { dialect } = place;

  for (const [version, folder] of Object.entries(folders[dialect]))
    test(`drizzle.config.ts becomes migrator.config.ts; the layout of ${version}`, async () => {
      const story = await place.begin({
        "drizzle.config.ts": kitConfig(dialect, `casing: "snake_case",`),
        "schema.ts": "export {};\n",
        ...folder(dialect, create, index),
      });
      withoutConfig(story);
      const before = snapshot(story);
      const dry = succeeded(await story.mig(["import", "drizzle", "--dry-run"]));
      expect(dry.stderr).toContain("would write migrator.config.ts");
      expect(snapshot(story)).toEqual(before);
      succeeded(await story.mig(["import", "drizzle"]));
      const config = story.read("migrator.config.ts");
      expect(config).toContain(`schema: { ${dialect}: "./schema.ts" },\n  casing: "snake_case",`);
      expect(config).toContain("dev: { url: process.env.DATABASE_URL },");
      succeeded(await story.mig(["upgrade"]));
      succeeded(await story.mig(["downgrade", "-1"]));
      succeeded(await story.mig(["downgrade", "base"]));
      const then = snapshot(story);
      succeeded(await story.mig(["import", "drizzle"]));
      expect(snapshot(story)).toEqual(then);
    });

  test("filters of drizzle.config.ts become exclude and schemas, as far as they can", async () => {
    const filters = `tablesFilter: ["app_*", "!audit_*", "!old_?"], schemaFilter: ["public", "kit_*"],`;
    const story = await place.begin({
      "drizzle.config.ts": kitConfig(dialect, filters),
      ...smallFolder(dialect, create, index),
    });
    withoutConfig(story);
    const { stderr } = succeeded(await story.mig(["import", "drizzle"]));
    expect(stderr).toContain(
      'warning: tablesFilter "app_*", "!old_?" is not carried over: `exclude` cannot say it',
    );
    const config = story.read("migrator.config.ts");
    const schemas = dialect === "postgresql" ? '  schemas: ["public"],\n' : "";
    expect(config).toContain(`${schemas}  exclude: ["audit_*"],\n`);
    expect(config.includes("schemas:")).toBe(dialect === "postgresql");
    expect(stderr.includes('schemaFilter "kit_*" is not carried over')).toBe(
      dialect === "postgresql",
    );
    await story.exec("CREATE TABLE audit_log (id integer)");
    succeeded(await story.mig(["upgrade"]));
    succeeded(await story.mig(["status"]));
    rmSync(join(story.folder, "migrator.config.ts"));
    const init = succeeded(await story.mig(["init"]));
    expect(init.stderr).toContain('tablesFilter "app_*", "!old_?" is not carried over');
    expect(story.read("migrator.config.ts")).toBe(config);
  });

  test("what a way back loses is said, renames are renames, and rows are not brought back", async () => {
    const story = await place.begin(
      smallFolder(
        dialect,
        create,
        "ALTER TABLE users RENAME COLUMN name TO full_name;",
        "UPDATE users SET bio = 'none' WHERE bio IS NULL;",
        "ALTER TABLE users DROP COLUMN full_name;",
      ),
    );
    succeeded(await story.mig(["import", "drizzle", "drizzle"]));
    const text = (at: number) => {
      const name = story.list("versions").find((it) => it.startsWith(`000${at}_`));
      return story.read(`versions/${name}`);
    };
    expect(text(0)).toContain("-- LOSES DATA: the rows of users\nDROP TABLE");
    expect(text(1)).toMatch(/-- DOWN\nALTER TABLE "users" RENAME COLUMN "full_name" TO "name";/);
    expect(text(2)).toContain("what its UPDATE did to rows is not undone");
    expect(text(3)).toContain("users.full_name comes back without its values: '' in each row");
    succeeded(await story.mig(["upgrade"]));
    await story.rows("INSERT INTO users (id) VALUES (1)");
    succeeded(await story.mig(["downgrade", "0000_step"]));
    expect(await story.rows("SELECT name FROM users")).toEqual([{ name: "" }]);
    succeeded(await story.mig(["test"]));
  });

  test("functions and triggers go, come back, and are again what they were", async () => {
    const trigger = (value: string) =>
      dialect === "sqlite"
        ? `CREATE TRIGGER t AFTER INSERT ON users BEGIN UPDATE users SET bio = ${value}; END;`
        : `CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.bio := ${value}; RETURN NEW; END $$;`;
    const first =
      dialect === "sqlite"
        ? trigger("'first'")
        : `${trigger("'first'")} CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f();`;
    const second =
      dialect === "sqlite" ? `DROP TRIGGER t; ${trigger("'second'")}` : trigger("'second'");
    const gone =
      dialect === "sqlite" ? "DROP TRIGGER t;" : "DROP TRIGGER t ON users; DROP FUNCTION f();";
    const story = await place.begin(smallFolder(dialect, create, first, second, gone));
    const told = succeeded(await story.mig(["import", "drizzle", "drizzle"]));
    expect(told.stderr).toContain("drafted 4 ways back");
    const bioAt = async (target: string) => {
      succeeded(await story.mig(["downgrade", target]));
      await story.rows("DELETE FROM users");
      await story.rows("INSERT INTO users VALUES (1, 'Ada', NULL)");
      const [row] = await story.rows<{ bio: string | null }>("SELECT bio FROM users");
      return row?.bio ?? null;
    };
    succeeded(await story.mig(["upgrade"]));
    expect(await bioAt("0002_step")).toBe("second");
    expect(await bioAt("0001_step")).toBe("first");
    expect(await bioAt("0000_step")).toBe(null);
  });

  test("what cannot be undone by comparing is left out, with the reason, and all else is not", async () => {
    const unknown =
      dialect === "sqlite"
        ? "CREATE VIRTUAL TABLE words USING fts5(word);"
        : "CREATE DOMAIN positive AS integer CHECK (VALUE > 0);";
    const story = await place.begin(smallFolder(dialect, create, unknown, index));
    const { revisions, warnings } = succeeded(
      await story.mig(["import", "drizzle", "drizzle", "--json"]),
    ).json<{ revisions: { downgrade: string }[]; warnings: string[] }>();
    expect(revisions.map(({ downgrade }) => downgrade)).toEqual(["drafted", "none", "drafted"]);
    expect(warnings[0]).toMatch(/^0001_step: no way back: once it is undone it does not run again/);
    expect(story.read("versions/0001_step.sql")).toContain(
      "-- note: no way back was drafted: once",
    );
  });

  test("SQL for another database and a table that is not there are refused, and a migration that does not run ends the drafting", async () => {
    const other = dialect === "sqlite" ? "postgresql" : "sqlite";
    const story = await place.begin(smallFolder(other, create));
    const refused = errorOf(await story.mig(["import", "drizzle", "drizzle", "--json"]));
    expect(refused.code).toBe("IMPORT_DIALECT");
    const lost = await place.begin(smallFolder(dialect, create));
    const args = ["import", "drizzle", "drizzle", "--table", "gone", "--json"];
    expect(errorOf(await lost.mig(args)).code).toBe("IMPORT_TABLE");
    expect([...story.list("versions"), ...lost.list("versions")]).toEqual([".gitkeep", ".gitkeep"]);

    const broken = await place.begin(
      smallFolder(dialect, create, "CREATE TABLE t (a nothing(;", index),
    );
    const told = succeeded(await broken.mig(["import", "drizzle", "drizzle"]));
    expect(told.stderr).toContain(
      "0001_step: no way back: it does not run in the scratch database",
    );
    expect(told.stderr).toContain("2 of 3 revisions cannot be downgraded");
  });
});

test("a rebuild of SQLite is undone by operations, and the rows that refer to it stay", async () => {
  const rebuild = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY, \`name\` text DEFAULT 'x' NOT NULL, \`bio\` text NOT NULL);
--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "name", "bio") SELECT "id", "name", "bio" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
PRAGMA foreign_keys=ON;`;
  const child =
    "CREATE TABLE notes (id integer PRIMARY KEY, user_id integer REFERENCES users(id) ON DELETE CASCADE);";
  const story = await beginOnSqlite(smallFolder("sqlite", create, child, rebuild));
  const told = succeeded(await story.mig(["import", "drizzle", "drizzle"]));
  expect(told.stderr).toContain("drafted 3 ways back");
  const text = story.read("versions/0002_step.ts");
  expect(text).toContain("PRAGMA foreign_keys taken out");
  expect(text).not.toContain("PRAGMA foreign_keys=");
  expect(text).toContain("op.batchAlterTable");
  succeeded(await story.mig(["upgrade", "0001_step"]));
  await story.exec("INSERT INTO users VALUES (1, 'Ada', 'b'); INSERT INTO notes VALUES (1, 1);");
  succeeded(await story.mig(["upgrade"]));
  succeeded(await story.mig(["downgrade", "-1"]));
  expect(await story.rows("SELECT user_id FROM notes")).toEqual([{ user_id: 1 }]);
  expect(await story.rows("SELECT name FROM users")).toEqual([{ name: "Ada" }]);
});

onPostgres((place) => {
  test("without a scratch engine the import works, and says what it left out", async () => {
    const story = await place.begin({
      ...smallFolder("postgresql", create, index),
      "migrator.config.ts": `export default {
        environments: { dev: {} },
        scratch: { postgresql: "postgres://nobody@127.0.0.1:1/nothing" },
      };\n`,
    });
    const told = succeeded(await story.mig(["import", "drizzle", "drizzle"]));
    expect(told.stderr).toContain("no way back was drafted");
    expect(story.read("versions/0001_step.sql")).toContain("-- TODO:");
    succeeded(await story.mig(["upgrade"]));
  });

  test("a URL of parts, whose password comes from a variable or is not written down", async () => {
    const { hostname, port, pathname, username, password } = new URL(
      (await place.begin()).url.replace(/^postgres(?:ql)?:/, "http:"),
    );
    const credentials = `dbCredentials: { host: "${hostname}", port: ${port || 5432}, user: "${username}", password: process.env.DATABASE_PASSWORD, database: "${pathname.slice(1)}" },`;
    const config = kitConfig("postgresql").replace(/dbCredentials.*/, credentials);
    const project = createProject({
      "drizzle.config.ts": config,
      ...smallFolder("postgresql", create),
    });
    withoutConfig(project);
    const env = { DATABASE_PASSWORD: password || "none" };
    const open = await project.mig(["import", "drizzle", "--dry-run"], { env });
    expect(open.stderr).not.toContain("is not copied");
    succeeded(await project.mig(["init"], { env }));
    expect(project.read("migrator.config.ts")).toContain(
      `\${encodeURIComponent(process.env.DATABASE_PASSWORD ?? "")}@${hostname}:`,
    );
  });
});
