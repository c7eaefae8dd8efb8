/** Histories of numbered SQL files, as hand-made runners leave them. */
import { expect, test } from "vitest";
import { errorOf, forEachDatabase, type Story, succeeded } from "../support/story.ts";
import { imported, sha256, statesOf, statusOf } from "./import-support.ts";
import { snapshot } from "./support.ts";

const files = {
  "old/000_create_auth_tables.sql": `-- Migration: Tables of the login
-- Author: Team
-- Date: 2025-01-20

CREATE TABLE users (id integer PRIMARY KEY, email varchar(255) NOT NULL);
`,
  "old/000_create_migrations_table.sql":
    "CREATE TABLE IF NOT EXISTS migrations (id varchar(255), filename varchar(255), checksum varchar(64), executed_at timestamp, execution_time_ms integer, success boolean, error_message text, rolled_back boolean, rolled_back_at timestamp);\n",
  "old/001_create_jobs.sql":
    "-- UP to here nobody had a job; \ncreate table jobs (id integer PRIMARY KEY, title text);\n",
  "old/002_add_status.sql": "BEGIN;\nALTER TABLE jobs ADD COLUMN status text;\nCOMMIT;\n",
  "old/README.md": "how we migrate",
};

function row(name: string, at: string, more: Partial<Record<string, string>> = {}): string {
  const text = files[`old/${name}.sql` as keyof typeof files];
  const { success = "true", error = "NULL", back = "false", backAt = "NULL" } = more;
  const checksum = more.checksum ?? sha256(text);
  return `INSERT INTO migrations VALUES ('${name}', '${name}.sql', '${checksum}', '${at}', 12, ${success}, ${error}, ${back}, ${backAt});`;
}

async function halfApplied(story: Story): Promise<void> {
  await story.exec(
    [
      files["old/000_create_migrations_table.sql"],
      files["old/000_create_auth_tables.sql"],
      files["old/001_create_jobs.sql"],
      row("000_create_auth_tables", "2025-01-20 10:00:00"),
      row("001_create_jobs", "2025-01-21 10:00:00"),
      row("002_add_status", "2025-01-22 10:00:00", { success: "false", error: "'no such type'" }),
    ].join("\n"),
  );
}

forEachDatabase((place) => {
  test("a database half-way tells the same story afterwards, and goes on", async () => {
    const story = await place.begin(files);
    await halfApplied(story);
    const before = await story.schema();
    const told = await imported(story, "sql");
    expect(told.revisions.map(({ revision, state }) => `${revision} ${state}`)).toEqual([
      "000_create_auth_tables applied",
      "000_create_migrations_table applied",
      "001_create_jobs applied",
      "002_add_status failed",
    ]);
    expect(told.revisions[0]?.message).toBe("Tables of the login");
    expect(await story.schema()).toBe(before);
    expect(await story.heads()).toEqual(["001_create_jobs"]);
    expect(await story.rows("SELECT * FROM migrations")).toHaveLength(3);
    const [first, , third, fourth] = await statusOf(story);
    expect(first).toMatchObject({
      state: "applied",
      appliedAt: "2025-01-20T10:00:00.000Z",
      ms: 12,
    });
    expect(third).toMatchObject({
      state: "applied",
      appliedAt: "2025-01-21T10:00:00.000Z",
      ms: 12,
    });
    expect(fourth).toMatchObject({ state: "failed" });

    const upgraded = succeeded(await story.mig(["upgrade", "head", "--json"]));
    expect(upgraded.json<{ steps: object[] }>().steps).toHaveLength(1);
    await story.rows("SELECT status FROM jobs");
    const result = await story.mig(["downgrade", "-1", "--json"]);
    expect(errorOf(result).code).toBe("NO_SCRIPT");
  });

  test("a run of which nobody knows when it was tells the same story, too", async () => {
    const story = await place.begin({
      ...files,
      "old/000_create_migrations_table.sql":
        'CREATE TABLE IF NOT EXISTS "main_or_public" . "migrations" (filename text);\n',
    });
    await story.exec(
      [
        "CREATE TABLE migrations (filename text, success boolean, error_message text, rolled_back boolean);",
        "INSERT INTO migrations VALUES ('000_create_auth_tables.sql', true, NULL, NULL);",
        "INSERT INTO migrations VALUES ('001_create_jobs.sql', true, NULL, true);",
        "INSERT INTO migrations VALUES ('002_add_status.sql', false, 'no such type', false);",
      ].join("\n"),
    );
    await imported(story, "sql");
    expect(await statesOf(story)).toEqual([
      "000_create_auth_tables applied",
      "000_create_migrations_table applied",
      "001_create_jobs pending",
      "002_add_status failed",
    ]);
    expect(await story.log()).toEqual([
      "stamp 000_create_auth_tables",
      "up 001_create_jobs",
      "down 001_create_jobs",
      "up 002_add_status failed",
    ]);
  });

  test("a fresh database gets there by mig alone", async () => {
    const story = await place.begin(files);
    const told = await imported(story, "sql");
    expect(told.warnings[0]).toContain("no table migrations");
    succeeded(await story.mig(["upgrade", "head"]));
    await story.rows("SELECT email FROM users");
    await story.rows("SELECT status FROM jobs");
    expect(story.read("versions/000_create_auth_tables.sql")).toContain("-- author: Team\n");
  });

  test("a second import changes nothing", async () => {
    const story = await place.begin(files);
    await halfApplied(story);
    await imported(story, "sql");
    const before = [snapshot({ folder: `${story.folder}/versions` }), await story.log()];
    await imported(story, "sql");
    expect([snapshot({ folder: `${story.folder}/versions` }), await story.log()]).toEqual(before);
  });

  test("a dry run shows it all and writes nothing", async () => {
    const story = await place.begin(files);
    await halfApplied(story);
    const before = await story.schema();
    const told = await imported(story, "sql", "--dry-run");
    expect(told.current).toEqual(["001_create_jobs"]);
    expect(story.list("versions")).toEqual([".gitkeep"]);
    expect(await story.schema()).toBe(before);
    await expect(story.heads()).rejects.toThrow();
  });

  test("what was rolled back is pending, with the way back in the log", async () => {
    const story = await place.begin(files);
    const back = { back: "true", backAt: "'2025-01-23 10:00:00'" };
    await story.exec(
      [
        files["old/000_create_migrations_table.sql"],
        row("000_create_auth_tables", "2025-01-20 10:00:00", back),
      ].join("\n"),
    );
    await imported(story, "sql", "--dry-run", "--force");
    await imported(story, "sql", "--force");
    expect(await story.log()).toEqual(["up 000_create_auth_tables", "down 000_create_auth_tables"]);
  });

  test("what does not agree is refused before anything is written, and forced", async () => {
    const story = await place.begin(files);
    const at = "2025-01-20 10:00:00";
    const start = [files["old/000_create_migrations_table.sql"]];
    await story.exec(
      [...start, row("000_create_auth_tables", at, { checksum: sha256("x") })].join("\n"),
    );
    const code = async () => errorOf(await story.mig(["import", "sql", "old", "--json"])).code;
    expect(await code()).toBe("IMPORT_CHECKSUM");
    await story.exec("DELETE FROM migrations");
    await story.exec(row("001_create_jobs", at));
    expect(await code()).toBe("IMPORT_GAP");
    await story.exec(
      `INSERT INTO migrations (id, filename, success) VALUES ('9', '009_gone.sql', true)`,
    );
    expect(await code()).toBe("IMPORT_ROW_WITHOUT_FILE");
    expect(story.list("versions")).toEqual([".gitkeep"]);

    await story.exec("DELETE FROM migrations");
    await story.exec(row("000_create_auth_tables", at, { checksum: sha256("x") }));
    await imported(story, "sql", "--force");
    expect((await statesOf(story))[0]).toBe("000_create_auth_tables modified");
  });
});
