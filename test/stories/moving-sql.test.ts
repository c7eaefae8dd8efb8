/** docs/moving/sql.md, row by row: a project with numbered SQL files moves to mig half-way through its history. */
import { expect, test } from "vitest";
import { errorOf, type Story, succeeded } from "../support/story.ts";
import { statesOf, statusOf } from "./import-support.ts";
import {
  checksumOf,
  exampleOf,
  importsAs,
  inOld,
  objectsOf,
  onPostgres,
  ran,
} from "./moving-support.ts";

const files = exampleOf("sql");

interface Outcome {
  readonly ms: number;
  readonly error?: string;
  readonly rolledBackAt?: string;
}

/** Run a file as the old runner did, with its row of the table. */
async function oldRun(story: Story, name: string, at: string, it: Outcome): Promise<void> {
  const { ms, error, rolledBackAt } = it;
  const text = (value: string | undefined) => (value === undefined ? "NULL" : `'${value}'`);
  if (error === undefined && rolledBackAt === undefined) await story.exec(files[name] ?? "");
  await story.exec(
    `INSERT INTO migrations VALUES ('${name.replace(".sql", "")}', '${name}', '${checksumOf(files, name)}', '${at}', ${ms},
      ${error === undefined}, ${text(error)}, ${rolledBackAt !== undefined}, ${text(rolledBackAt)})`,
  );
}

/** Half of the files ran, one was rolled back, one failed. */
async function halfWay(story: Story): Promise<void> {
  const table = "000_create_migrations_table.sql";
  await story.exec(files[table] ?? "");
  await oldRun(story, table, "2025-01-10 09:00:00", { ms: 8 });
  await oldRun(story, "000_create_betterauth_tables.sql", "2025-01-10 09:00:01", { ms: 31 });
  await oldRun(story, "001_create_atspro_tables.sql", "2025-01-12 09:00:00", { ms: 45 });
  await oldRun(story, "002_add_job_added_activity_type.sql", "2025-01-15 09:00:00", { ms: 4 });
  await oldRun(story, "003_add_markdown_columns.sql", "2025-01-20 09:00:00", {
    ms: 6,
    rolledBackAt: "2025-01-20 10:00:00",
  });
  await oldRun(story, "004_add_user_preferences.sql", "2025-01-26 09:00:00", {
    ms: 2,
    error: "canceling statement due to lock timeout",
  });
}

const config = `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  fileTemplate: "{revision}",
  environments: { dev: { backup: "echo saved >> backup.txt" } },
});
`;

onPostgres((place) => {
  test("000_75204ca0f377db87: a table migrations, half-way", async () => {
    const story = await place.begin({ ...inOld(files), "migrator.config.ts": config });
    await halfWay(story);
    await importsAs(story, "sql", [
      "000_create_betterauth_tables applied",
      "000_create_migrations_table applied",
      "001_create_atspro_tables applied",
      "002_add_job_added_activity_type applied",
      "003_add_markdown_columns rolled back",
      "004_add_user_preferences failed",
      "005_add_performance_indexes pending",
      "006_add_new_job_status pending",
    ]);

    // migrate:status, and every column of the table
    const [auth, table, core, , markdown, preferences] = await statusOf(story);
    expect(auth).toMatchObject({ appliedAt: "2025-01-10T09:00:01.000Z", ms: 31 });
    expect(table).toMatchObject({ appliedAt: "2025-01-10T09:00:00.000Z", ms: 8 });
    expect(core).toMatchObject({ state: "applied", ms: 45 });
    expect(markdown).toMatchObject({ state: "pending" });
    expect(preferences).toMatchObject({ state: "failed" });
    expect((await story.mig(["status"])).stdout).toContain("due to lock timeout");
    expect((await story.mig(["current", "--check-heads"])).code).toBe(1);
    const log = succeeded(await story.mig(["history", "--log", "-v"])).stdout;
    expect(log).toContain("downgrade  003_add_markdown_columns");
    expect(log).toContain("2025-01-20 10:00:00 UTC");

    // bun run migrate, with a backup first
    const shown = succeeded(await story.mig(["upgrade", "--dry-run"])).stdout;
    expect(shown).toContain("003_add_markdown_columns");
    expect(shown).not.toContain("002_add");
    expect(await ran(story, "upgrade", "--yes")).toEqual([
      "up 003_add_markdown_columns",
      "up 004_add_user_preferences",
      "up 005_add_performance_indexes",
      "up 006_add_new_job_status",
    ]);
    expect(story.read("backup.txt")).toBe("saved\n");
    succeeded(await story.mig(["current", "--check-heads"]));
    expect(story.read("versions/005_add_performance_indexes.sql")).toContain(
      "-- transaction: false\n",
    );
    expect(story.read("versions/004_add_user_preferences.sql")).toMatch(
      /-- message: Add user preferences\n[\s\S]*-- created: 2025-01-26\n-- author: Team\n/,
    );

    const byHand = await place.begin();
    for (const text of Object.values(files)) await byHand.exec(text);
    expect(await objectsOf(story)).toEqual(await objectsOf(byHand));
    // The old table was only read.
    expect(await story.rows("SELECT * FROM migrations")).toHaveLength(6);
  });

  test("what its users do from then on", async () => {
    const story = await place.begin({ ...inOld(files), "migrator.config.ts": config });
    await halfWay(story);
    // A TIMESTAMP has no zone, and is not one of the machine that imports it.
    const env = { TZ: "America/New_York" };
    succeeded(await story.mig(["import", "sql", "old"], { env }));
    expect((await statusOf(story))[0]?.appliedAt).toBe("2025-01-10T09:00:01.000Z");
    succeeded(await story.mig(["upgrade"]));

    // migrate:rollback, where nothing says how
    const back = errorOf(await story.mig(["downgrade", "-1", "--json"]));
    expect([back.code, back.help]).toEqual(["NO_SCRIPT", expect.stringContaining("write one")]);

    // touch migrations/007_your_migration_name.sql
    const id = "007_your_migration_name";
    succeeded(
      await story.mig(["revision", "--sql-file", "--rev-id", id, "-m", "your migration name"]),
    );
    const file = `versions/${id}.sql`;
    const header = story.read(file).split("-- UP")[0];
    story.write({
      [file]: `${header}-- UP\nALTER TABLE resume ADD COLUMN new_column no_such_type;\n`,
    });

    // a failure: rolled back, told, corrected, run again
    const failed = errorOf(await story.mig(["upgrade", "--json"]));
    expect(failed).toMatchObject({ code: "REVISION_FAILED", revision: id });
    expect(failed.message).toContain("no_such_type");
    expect((await statesOf(story)).at(-1)).toBe(`${id} failed`);
    succeeded(await story.mig(["repair", "--handled", id, "--reason", "cleaned up by hand"]));
    expect((await statesOf(story)).at(-1)).toBe(`${id} pending`);
    const good = `${header}-- UP\nALTER TABLE resume ADD COLUMN new_column VARCHAR(255);\n
-- DOWN\nALTER TABLE resume DROP COLUMN new_column;\n`;
    story.write({ [file]: good });
    const script = succeeded(await story.mig(["upgrade", `006_add_new_job_status:${id}`, "--sql"]));
    expect(script.stdout).toContain("ADD COLUMN new_column VARCHAR(255);");
    expect(await ran(story, "upgrade")).toEqual([`up ${id}`]);
    expect(await ran(story, "downgrade", "-1")).toEqual([`down ${id}`]);

    // undone by hand: stamp
    expect(await ran(story, "upgrade")).toEqual([`up ${id}`]);
    await story.exec("ALTER TABLE resume DROP COLUMN new_column");
    succeeded(await story.mig(["stamp", "006_add_new_job_status"]));
    expect((await statesOf(story)).at(-1)).toBe(`${id} pending`);

    // a checksum mismatch
    const old = "versions/003_add_markdown_columns.sql";
    story.write({ [old]: `${story.read(old)}-- edited\n` });
    const modified = errorOf(await story.mig(["upgrade", "--json"]));
    expect(modified.code).toBe("REVISION_MODIFIED");
    const verified = await story.mig(["verify"]);
    expect([verified.code, verified.stdout]).toEqual([1, expect.stringContaining("003_add")]);
    const accepted = ["repair", "--accept", "003_add_markdown_columns", "--reason", "a comment"];
    succeeded(await story.mig(accepted));
    expect(await ran(story, "upgrade")).toEqual([`up ${id}`]);
  });
});
