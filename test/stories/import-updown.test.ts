/** Histories of SQL files that can be undone: sections, pairs, and strings of TypeScript. */
import { expect, test } from "vitest";
import {
  errorOf,
  forEachDatabase,
  forEachPostgres,
  type Place,
  succeeded,
} from "../support/story.ts";
import { imported, sha256, statusOf } from "./import-support.ts";

const updown = {
  "old/001_users.sql": `-- Migration: Users
-- Version: 001
-- Date: 2025-01-24
-- Author: Ada

-- UP migration script
CREATE TABLE users (id integer PRIMARY KEY);

-- DOWN
-- Rollback script for migration 001
DROP TABLE IF EXISTS users;
`,
  "old/002_chat.sql":
    "-- Version: 002\n-- Depends: 001\nCREATE TABLE chat (id integer PRIMARY KEY);\n-- DOWN\nDROP TABLE chat;\n",
  "old/003_preferences.sql":
    "\uFEFF-- Version: 003\r\n-- Depends: 001, 002\r\nCREATE TABLE preferences (id integer PRIMARY KEY);\r\n-- DOWN\r\nDROP TABLE preferences;\r\n",
};

const pairs = {
  "old/20241226_090000_users.sql":
    "BEGIN;\nCREATE TABLE users (id integer PRIMARY KEY);\nCOMMIT;\n",
  "old/20241226_090000_users_rollback.sql": "BEGIN;\nDROP TABLE users;\nCOMMIT;\n",
  "old/20241227_100000_prefs.sql":
    "-- Migration: prefs\n-- Description: Add user preferences\nBEGIN;\nCREATE TABLE prefs (id integer);\nCOMMIT;\n",
};

const strings = {
  "old/001_users.ts":
    "export const up = `CREATE TABLE users (id integer PRIMARY KEY);`;\nexport const down = `DROP TABLE users;`;\n",
  "old/002_sessions.ts":
    "export const up = `BEGIN;\n  CREATE TABLE sessions (id integer);\n  COMMIT;`;\nexport const down = `DROP TABLE sessions;`;\n",
  "old/003_prefs.ts":
    "const name: string = 'prefs';\nexport const up = 'CREATE TABLE ' + name + ' (id integer);';\nexport const down = ``;\n",
};

async function story(place: Place, files: Record<string, string>, sql: readonly string[]) {
  const begun = await place.begin(files);
  await begun.exec(sql.join("\n"));
  return begun;
}

forEachDatabase((place) => {
  test("sections: header, Depends, applied dates, and back past the import", async () => {
    const it = await story(place, updown, [
      "CREATE TABLE users (id integer PRIMARY KEY); CREATE TABLE chat (id integer PRIMARY KEY);",
      "CREATE TABLE schema_migrations (version varchar(255), name varchar(255), applied_at timestamp, checksum varchar(64), success boolean, error_message text, execution_time_ms integer);",
      `INSERT INTO schema_migrations VALUES ('001', 'users', '2025-01-24 08:00:00', '${sha256(updown["old/001_users.sql"])}', true, NULL, 5);`,
      "INSERT INTO schema_migrations VALUES ('002', 'chat', '2025-01-25 08:00:00', NULL, true, NULL, 6);",
    ]);
    const { revisions } = await imported(it, "sql-updown");
    expect(revisions.map(({ revision, dependsOn }) => [revision, dependsOn])).toEqual([
      ["001", []],
      ["002", []],
      ["003", ["001"]],
    ]);
    expect(it.read(revisions[0]?.file ?? "")).toContain("-- author: Ada\n");
    expect((await statusOf(it)).map(({ appliedAt }) => appliedAt)).toEqual([
      "2025-01-24T08:00:00.000Z",
      "2025-01-25T08:00:00.000Z",
      null,
    ]);
    succeeded(await it.mig(["upgrade", "head"]));
    await it.rows("SELECT * FROM preferences");
    succeeded(await it.mig(["downgrade", "base"]));
    await expect(it.rows("SELECT * FROM users")).rejects.toThrow();
  });

  test("pairs: BEGIN and COMMIT are taken out, with a note", async () => {
    const it = await story(place, pairs, [
      "CREATE TABLE users (id integer PRIMARY KEY);",
      "CREATE TABLE schema_migrations (migration_name varchar(255), applied_at timestamp);",
      "INSERT INTO schema_migrations VALUES ('20241226_090000_users', '2024-12-26 09:30:00');",
    ]);
    const { revisions, current } = await imported(it, "sql-pairs");
    expect(current).toEqual(["20241226_090000_users"]);
    expect(revisions[1]).toMatchObject({ message: "Add user preferences", state: "pending" });
    expect(revisions[1]?.notes[0]).toContain("COMMIT");
    succeeded(await it.mig(["upgrade", "head"]));
    const back = await it.mig(["downgrade", "20241226_090000_users", "--json"]);
    expect(errorOf(back).code).toBe("NO_SCRIPT");
    expect((await statusOf(it))[0]?.appliedAt).toBe("2024-12-26T09:30:00.000Z");
  });

  test("strings: batches are kept, and each script runs", async () => {
    const it = await story(place, strings, [
      "CREATE TABLE users (id integer PRIMARY KEY); CREATE TABLE sessions (id integer);",
      "CREATE TABLE migrations (id varchar(255), name varchar(255), executed_at timestamp, batch integer);",
      "INSERT INTO migrations VALUES ('001', 'create_users', '2025-02-01 08:00:00', 1), ('002', '002_sessions', '2025-02-01 08:00:00', 1);",
    ]);
    await imported(it, "ts-strings");
    expect((await statusOf(it)).map(({ revision, batch }) => [revision, batch])).toEqual([
      ["001", 1],
      ["002", 1],
      ["003", null],
    ]);
    succeeded(await it.mig(["upgrade", "head"]));
    expect((await statusOf(it))[2]?.batch).toBe(2);
    await it.rows("SELECT * FROM prefs");
  });

  test("a fresh database gets there from sections, pairs and strings alike", async () => {
    for (const [system, files] of Object.entries({
      "sql-updown": updown,
      "sql-pairs": pairs,
      "ts-strings": strings,
    })) {
      const it = await place.begin(files);
      await imported(it, system);
      succeeded(await it.mig(["upgrade", "head"]));
      await it.rows("SELECT * FROM users");
    }
  });
});

forEachPostgres((place) => {
  test("CONCURRENTLY makes a revision without a transaction", async () => {
    const it = await place.begin({
      ...strings,
      "old/004_index.ts":
        "export const up = `CREATE INDEX CONCURRENTLY users_id ON users (id);`;\nexport const down = `DROP INDEX CONCURRENTLY IF EXISTS users_id;`;\n",
    });
    await imported(it, "ts-strings");
    expect(it.read("versions/004_index.sql")).toContain("-- transaction: false\n");
    succeeded(await it.mig(["upgrade", "head"]));
    succeeded(await it.mig(["downgrade", "-1"]));
  });
});
