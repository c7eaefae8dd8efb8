/** The folders and tables of drizzle-kit, in both layouts. */
import { expect, test } from "vitest";
import { errorOf, forEachDatabase, type Story, succeeded } from "../support/story.ts";
import { imported, sha256, statesOf } from "./import-support.ts";

const first =
  "CREATE TABLE users (id integer PRIMARY KEY);\n--> statement-breakpoint\nCREATE TABLE jobs (id integer PRIMARY KEY)";
const second = "ALTER TABLE users ADD COLUMN email text;";
const when = [1_737_367_200_123, 1_737_453_600_456];

/** A server is a quicker scratch engine than PGlite. */
const config = {
  "migrator.config.ts":
    "export default { environments: { dev: {} }, scratch: { postgresql: process.env.DATABASE_URL } };\n",
};

const journal = {
  ...config,
  "old/meta/_journal.json": JSON.stringify({
    version: "7",
    entries: [
      { idx: 0, version: "7", when: when[0], tag: "0000_silly_name", breakpoints: true },
      { idx: 1, version: "7", when: when[1], tag: "0001_next", breakpoints: true },
    ],
  }),
  "old/0000_silly_name.sql": first,
  "old/0001_next.sql": second,
};

const snapshotOf = (id: string, ...prevIds: string[]) => JSON.stringify({ id, prevIds });
const folders = {
  ...config,
  "old/20250120100000_start/migration.sql": first,
  "old/20250120100000_start/snapshot.json": snapshotOf(
    "s1",
    "00000000-0000-0000-0000-000000000000",
  ),
  "old/20250121100000_left/migration.sql": second,
  "old/20250121100000_left/snapshot.json": snapshotOf("s2", "s1"),
  "old/20250122100000_right/migration.sql": "ALTER TABLE jobs ADD COLUMN title text;",
  "old/20250122100000_right/snapshot.json": snapshotOf("s3", "s1"),
};

/** The table as drizzle-kit makes it, and one row. */
async function table(story: Story, columns: string, row: string): Promise<void> {
  const inSchema = story.dialect === "postgresql";
  const name = inSchema ? "drizzle.__drizzle_migrations" : "__drizzle_migrations";
  await story.exec(
    [
      inSchema ? "CREATE SCHEMA drizzle;" : "",
      first.replace("--> statement-breakpoint", ";"),
      `; CREATE TABLE ${name} (id integer, ${columns});`,
      `INSERT INTO ${name} VALUES (NULL, ${row});`,
    ].join("\n"),
  );
}

forEachDatabase((place) => {
  test("the journal of 0.31", async () => {
    const story = await place.begin(journal);
    await table(story, "hash text, created_at bigint", `'${sha256(first)}', ${when[0]}`);
    const told = await imported(story, "drizzle");
    expect(told.current).toEqual(["0000_silly_name"]);
    expect(await statesOf(story)).toEqual(["0000_silly_name applied", "0001_next pending"]);
    succeeded(await story.mig(["upgrade", "head"]));
    await story.rows("SELECT email FROM users");
    expect(story.read("versions/0000_silly_name.sql")).toContain("-- DOWN\n");
    succeeded(await story.mig(["downgrade", "-1"]));
    await expect(story.rows("SELECT email FROM users")).rejects.toThrow();
    const before = await story.log();
    await imported(story, "drizzle");
    expect(await story.log()).toEqual(before);
  });

  test("an edited migration, which drizzle-kit never notices", async () => {
    const story = await place.begin(journal);
    await table(story, "hash text, created_at bigint", `'${sha256("x")}', ${when[0]}`);
    const { code } = errorOf(await story.mig(["import", "drizzle", "old", "--json"]));
    expect(code).toBe("IMPORT_CHECKSUM");
  });

  test("the folders of 1.0, with their branches", async () => {
    const story = await place.begin(folders);
    const at = Date.parse("2025-01-20T10:00:00Z");
    await table(
      story,
      "hash text, created_at bigint, name text, applied_at text",
      `'${sha256(first)}', ${at}, '20250120100000_start', '2025-01-20T11:00:00.000Z'`,
    );
    const { revisions } = await imported(story, "drizzle");
    expect(revisions.map(({ downRevision }) => downRevision)).toEqual([
      [],
      ["20250120100000_start"],
      ["20250120100000_start"],
    ]);
    expect(succeeded(await story.mig(["heads"])).stdout).toContain("20250121100000_left");
    succeeded(await story.mig(["upgrade", "heads"]));
    expect(await story.heads()).toEqual(["20250121100000_left", "20250122100000_right"]);
  });

  test("a fresh database", async () => {
    const story = await place.begin(journal);
    await imported(story, "drizzle");
    succeeded(await story.mig(["upgrade", "head"]));
    await story.rows("SELECT email FROM users");
  });
});
