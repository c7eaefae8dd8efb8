/** docs/moving/baseline.md: databases as Knex, node-pg-migrate, Umzug and others leave them, without their files. */
import { describe, expect, test } from "vitest";
import { beginOnSqlite, errorOf, type Place, type Story, succeeded } from "../support/story.ts";
import { type ImportDocument, statesOf, statusOf } from "./import-support.ts";
import { onPostgres } from "./moving-support.ts";
import { snapshot } from "./support.ts";

const knex = `
CREATE TABLE knex_migrations (id integer PRIMARY KEY, name varchar(255), batch integer, migration_time timestamp);
CREATE TABLE knex_migrations_lock ("index" integer PRIMARY KEY, is_locked integer);
INSERT INTO knex_migrations_lock VALUES (1, 0);
INSERT INTO knex_migrations VALUES (1, '20240101_users.js', 1, '2024-01-01 10:00:00'),
  (2, '20240102_posts.js', 1, '2024-01-01 10:00:00'), (3, '20240203_views.js', 2, '2024-02-03 10:00:00');
`;

const tables = `
CREATE TABLE users (id integer PRIMARY KEY, email varchar(255) NOT NULL, role text DEFAULT 'guest' NOT NULL);
CREATE UNIQUE INDEX users_email_unique ON users (email);
CREATE TABLE posts (
  id integer PRIMARY KEY,
  user_id integer REFERENCES users (id) ON DELETE CASCADE,
  title text NOT NULL,
  CONSTRAINT posts_title_check CHECK (length(title) > 2)
);
CREATE VIEW authors AS SELECT email FROM users;
`;

const triggers = {
  sqlite: `CREATE TRIGGER trim_title AFTER INSERT ON posts BEGIN UPDATE posts SET title = trim(title) WHERE id = new.id; END;`,
  postgresql: `
CREATE FUNCTION next_code() RETURNS text LANGUAGE sql AS $$ SELECT 'code-1' $$;
ALTER TABLE posts ADD COLUMN code text DEFAULT next_code();
CREATE FUNCTION author_of(post integer) RETURNS integer LANGUAGE sql AS $$ SELECT user_id FROM posts WHERE id = post $$;
CREATE FUNCTION trim_title() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.title := trim(new.title); RETURN new; END $$;
CREATE TRIGGER trim_title BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION trim_title();
CREATE TYPE mood AS ENUM ('fine', 'tired');
ALTER TABLE users ADD COLUMN mood mood;
`,
};

const rest = `-- revision: next
-- down-revision: baseline
-- UP
ALTER TABLE users ADD COLUMN phone text;
-- DOWN
ALTER TABLE users DROP COLUMN phone;
`;

async function take(story: Story, ...args: string[]): Promise<ImportDocument> {
  return succeeded(await story.mig(["import", "baseline", ...args, "--json"])).json();
}

async function refused(story: Story, ...args: string[]): Promise<string | undefined> {
  return errorOf(await story.mig(["import", "baseline", ...args, "--json"])).code;
}

function onBoth(tests: (place: Place) => void): void {
  describe("SQLite", () => tests({ dialect: "sqlite", begin: beginOnSqlite }));
  onPostgres(tests);
}

onBoth((place) => {
  test("Knex: taken over, upgraded, downgraded past the import, and made anew", async () => {
    const story = await place.begin({ "migrations/20240101_users.js": "" });
    await story.exec(knex + tables + triggers[story.dialect]);
    const before = await story.schema();
    const dry = await take(story, "--from", "knex", "--dry-run");
    expect(story.list("versions")).toEqual([".gitkeep"]);
    const told = await take(story, "migrations", "--from", "knex");
    expect(told.revisions[0]).toMatchObject({ ...dry.revisions[0], written: true });
    expect(told.warnings).toEqual([
      "20240102_posts ran, and the folder has no such file",
      "20240203_views ran, and the folder has no such file",
    ]);
    expect(await story.schema()).toBe(before);
    expect(await statusOf(story)).toMatchObject([
      { revision: "baseline", state: "applied", appliedAt: "2024-02-03T10:00:00.000Z", batch: 2 },
    ]);
    const log = "SELECT batch, message FROM mig_log ORDER BY id";
    expect(await story.rows(log)).toEqual([
      { batch: 1, message: "20240101_users.js" },
      { batch: 1, message: "20240102_posts.js" },
      { batch: 2, message: "20240203_views.js" },
    ]);
    expect(story.read("versions/0000_baseline.ts")).toContain(
      "ran: 20240203_views.js, 2024-02-03T10:00:00.000Z, batch 2",
    );
    succeeded(await story.mig(["verify"]));
    const undo = await story.mig(["downgrade", "--batch", "--json"]);
    expect(undo.json<{ steps?: unknown[] }>().steps ?? []).toEqual([]);

    const then = [snapshot({ folder: `${story.folder}/versions` }), await story.log()];
    await take(story, "--from", "knex");
    expect([snapshot({ folder: `${story.folder}/versions` }), await story.log()]).toEqual(then);

    story.write({ "versions/0001_next.sql": rest });
    succeeded(await story.mig(["upgrade"]));
    await take(story, "--from", "knex");
    expect(await statesOf(story)).toEqual(["baseline applied", "next applied"]);
    succeeded(await story.mig(["downgrade", "baseline"]));
    expect(await story.schema()).toBe(before);
    succeeded(await story.mig(["downgrade", "base"]));
    await expect(story.rows("SELECT * FROM users")).rejects.toThrow();
    expect(await story.rows("SELECT * FROM knex_migrations")).toHaveLength(3);
  });

  test("an empty database gets there by mig alone, and is the same", async () => {
    const old = await place.begin();
    await old.exec(tables + triggers[old.dialect]);
    const told = await take(old);
    expect(told.warnings).toEqual([]);
    expect(await old.log()).toEqual(["stamp baseline"]);
    const fresh = await place.begin({
      "versions/0000_baseline.ts": old.read("versions/0000_baseline.ts"),
    });
    succeeded(await fresh.mig(["upgrade"]));
    await fresh.exec(
      "INSERT INTO users (id, email) VALUES (1, 'a'); INSERT INTO posts (id, user_id, title) VALUES (1, 1, ' long ');",
    );
    expect(await fresh.rows("SELECT title FROM posts")).toEqual([{ title: "long" }]);
    if (place.dialect === "postgresql") expect(await fresh.schema()).toBe(await old.schema());
    await fresh.exec("DROP TABLE mig_version; DROP TABLE mig_log;");
    await take(fresh);
    expect(await statesOf(fresh)).toEqual(["baseline applied"]);
  });

  test("another database is marked only if it is the same", async () => {
    const old = await place.begin();
    await old.exec(tables);
    await take(old);
    const other = await place.begin({
      "versions/0000_baseline.ts": old.read("versions/0000_baseline.ts"),
    });
    await other.exec("CREATE TABLE users (id integer PRIMARY KEY);");
    expect(await refused(other)).toBe("BASELINE_DIFFERS");
    await take(other, "--force");
    expect(await other.heads()).toEqual(["baseline"]);
  });

  test("what speaks against it is named, and forced", async () => {
    const story = await place.begin({ "migrations/20240301_new.js": "" });
    expect(await refused(story)).toBe("BASELINE_EMPTY");
    expect(await refused(story, "--from", "knex")).toBe("IMPORT_NO_TABLE");
    await story.exec(knex + tables);
    expect(await refused(story, "migrations", "--from", "knex")).toBe("IMPORT_PENDING");
    await story.exec("UPDATE knex_migrations_lock SET is_locked = 1");
    expect(await refused(story, "--from", "knex")).toBe("IMPORT_LOCKED");
    expect(story.list("versions")).toEqual([".gitkeep"]);
    story.write({ "versions/0001_next.sql": rest.replace("baseline", "none") });
    expect(await refused(story, "--from", "knex", "--force")).toBe("BASELINE_HISTORY");
    expect((await story.mig(["import", "baseline", "--from", "rails"])).code).toBe(2);
    expect((await story.mig(["import", "sql", "migrations", "--from", "knex"])).code).toBe(2);
  });
});

const otherTables: Readonly<Record<string, string>> = {
  "node-pg-migrate": `CREATE TABLE pgmigrations (id integer, name varchar(255), run_on timestamp);
    INSERT INTO pgmigrations VALUES (1, '1704103200000_users', '2024-01-01 10:00:00');`,
  umzug: `CREATE TABLE "SequelizeMeta" (name varchar(255)); INSERT INTO "SequelizeMeta" VALUES ('00-users.ts');`,
  sequelize: `CREATE TABLE "SequelizeMeta" (name varchar(255)); INSERT INTO "SequelizeMeta" VALUES ('00-users.js');`,
  prisma: `CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamp, migration_name text, logs text, rolled_back_at timestamp, started_at timestamp, applied_steps_count integer);
    INSERT INTO _prisma_migrations VALUES ('a', 'x', '2024-01-01 10:00:01', '20240101_users', NULL, NULL, '2024-01-01 10:00:00', 1),
      ('b', 'x', NULL, '20240102_bad', 'no', '2024-01-02 11:00:00', '2024-01-02 10:00:00', 0);`,
  typeorm: `CREATE TABLE migrations (id integer, timestamp bigint, name text); INSERT INTO migrations VALUES (1, 1704103200000, 'Users1704103200000');`,
  kysely: `CREATE TABLE kysely_migration (name text, timestamp text); CREATE TABLE kysely_migration_lock (id text, is_locked integer);
    INSERT INTO kysely_migration VALUES ('2024_users', '2024-01-01T10:00:00.000Z'); INSERT INTO kysely_migration_lock VALUES ('migration_lock', 0);`,
  "mikro-orm": `CREATE TABLE mikro_orm_migrations (id integer, name varchar(255), executed_at timestamp);
    INSERT INTO mikro_orm_migrations VALUES (1, 'Migration20240101', '2024-01-01 10:00:00');`,
};

for (const [tool, sql] of Object.entries(otherTables)) {
  test(`${tool}: what its table says is in the log, and the table is no part of the baseline`, async () => {
    const story = await beginOnSqlite();
    await story.exec(`${sql} CREATE TABLE users (id integer PRIMARY KEY);`);
    await take(story, "--from", tool);
    const [row, ...more] = await story.rows<Record<string, unknown>>("SELECT * FROM mig_log");
    expect(more).toEqual([]);
    expect(row?.message).toMatch(/users|Users|Migration/);
    const isTimed = !["umzug", "sequelize", "typeorm"].includes(tool);
    if (isTimed) expect((await statusOf(story))[0]?.appliedAt).toBe("2024-01-01T10:00:00.000Z");
    const file = story.read("versions/0000_baseline.ts");
    expect(file.match(/op\.createTable/g)).toHaveLength(1);
  });
}

test("Umzug's JSON file, and Prisma's run that did not end", async () => {
  const story = await beginOnSqlite({ "jobs/umzug.json": '["00-users.ts", "01-posts.ts"]' });
  await story.exec(tables);
  await take(story, "jobs", "--from", "umzug");
  expect(await story.log()).toEqual(["stamp baseline", "stamp baseline"]);
  const bad = await beginOnSqlite({ "jobs/umzug.json": "{}" });
  await bad.exec(`${tables}${otherTables.prisma}`);
  expect(await refused(bad, "jobs", "--from", "umzug")).toBe("IMPORT_FILE");
  await bad.exec("UPDATE _prisma_migrations SET rolled_back_at = NULL");
  expect(await refused(bad, "--from", "prisma")).toBe("IMPORT_UNFINISHED");
});
