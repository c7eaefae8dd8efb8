/** docs/moving/alembic.md, row by row: users, applications and preferences, with branches, a merge, data and batch mode. */
import { describe, expect, test } from "vitest";
import { beginOnSqlite, errorOf, type Place, type Story, succeeded } from "../support/story.ts";
import {
  backend,
  installAlembic,
  leaveHalf,
  leaveHead,
  tablesOf,
  withoutAlembic,
} from "./alembic-support.ts";
import { type ImportDocument, statesOf } from "./import-support.ts";
import { onPostgres } from "./moving-support.ts";
import { snapshot } from "./support.ts";

const folder = "backend/alembic";
const half = [
  "0001 applied",
  "abc123 applied",
  "c0ffee01 applied",
  "c0ffee02 applied",
  "d00d0003 pending",
  "d00d0004 pending",
  "d00d0005 pending",
];

async function take(story: Story, ...more: string[]): Promise<ImportDocument> {
  const args = ["import", "alembic", folder, ...more, "--json"];
  return succeeded(await story.mig(args, withoutAlembic)).json<ImportDocument>();
}

async function steps(story: Story, ...args: string[]): Promise<readonly string[]> {
  const { json } = succeeded(await story.mig([...args, "--json"]));
  return json<{ steps: { revision: string }[] }>().steps.map(({ revision }) => revision);
}

/** Half-way, imported, to the head, and back past the import. */
async function wholeWay(place: Place, prepare: (story: Story) => void): Promise<void> {
  const story = await place.begin(backend);
  await leaveHalf(story);
  prepare(story);
  const before = await story.schema();
  const told = await take(story);
  expect(told.warnings).toEqual([]);
  expect(await story.schema()).toBe(before);
  expect(await statesOf(story)).toEqual(half);
  expect((await story.log()).toSorted()).toEqual(["stamp c0ffee01", "stamp c0ffee02"]);

  const files = [snapshot({ folder: `${story.folder}/versions` }), await story.log()];
  await take(story);
  expect([snapshot({ folder: `${story.folder}/versions` }), await story.log()]).toEqual(files);

  expect(await steps(story, "upgrade")).toEqual(["d00d0003", "d00d0004", "d00d0005"]);
  expect(await story.rows("SELECT email, status FROM users")).toEqual([
    { email: "ada@example.org", status: "active" },
  ]);
  const old = await place.begin();
  await leaveHead(old);
  expect(await tablesOf(story)).toEqual(await tablesOf(old));

  expect(await steps(story, "downgrade", "abc123")).toHaveLength(5);
  expect(await steps(story, "downgrade", "base")).toEqual(["abc123", "0001"]);
  await expect(story.rows("SELECT * FROM users")).rejects.toThrow();
  await story.exec("DROP TABLE alembic_version");
  succeeded(await story.mig(["upgrade"]));
  await old.exec("DROP TABLE alembic_version");
  expect(await tablesOf(story)).toEqual(await tablesOf(old));
}

function onBoth(tests: (place: Place) => void): void {
  describe("SQLite", () => tests({ dialect: "sqlite", begin: beginOnSqlite }));
  onPostgres(tests);
}

onBoth((place) => {
  test("002_5cfd8d297fbd71a8 translated: half-way, to the head, back past the import, and up on an empty database", async () => {
    await wholeWay(place, () => {});
  });

  test("002_5cfd8d297fbd71a8 with what Alembic prints: the same", async () => {
    await wholeWay(place, installAlembic);
  });
});

test("the files say what the Python said", async () => {
  const story = await beginOnSqlite(backend);
  await take(story);
  const read = (name: string) => story.read(`versions/${name}`);
  const preferences = read("20260123_143052_abc123_add_user_preferences.ts");
  expect(preferences).toContain("// theme: default=… was carried out by SQLAlchemy");
  expect(preferences).toContain(`t.varchar("theme", { length: 50 })`);
  expect(preferences).toContain(`op.dropIndex("ix_user_preferences_user_id", "user_preferences")`);
  expect(read("20260124_100000_c0ffee02_index_applications.ts")).toContain(
    `export const branchLabels = ["search"];`,
  );
  expect(read("20260125_080000_d00d0003_merge_phone_and_search.ts")).toContain(
    `export const downRevision = ["c0ffee01", "c0ffee02"];`,
  );
  const data = read("20260126_120000_d00d0004_activate_users.ts");
  expect(data).toContain(`UPDATE "users" SET "status" = 'active' WHERE "status" IS NULL`);
  expect(data).toContain("// Data migrations are often not reversible");
  expect(read("20260127_120000_d00d0005_require_status.ts")).toContain(
    `op.batchAlterTable("users", (users) => {`,
  );
});

test("for both databases Alembic is asked for each, and what it cannot print is translated", async () => {
  const story = await beginOnSqlite({
    ...backend,
    "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({ environments: { dev: {}, production: { url: "postgres://nobody@localhost/none" }, old: { url: "" } } });
`,
  });
  installAlembic(story);
  expect((await take(story)).warnings).toEqual([
    "the database has no table alembic_version: nothing counts as applied",
  ]);
  const first = story.read("versions/20260123_000000_0001_initial_schema.sql");
  expect(first).toMatch(/-- UP postgresql\nCREATE TABLE users \(\n\s+id SERIAL NOT NULL/);
  expect(first).toMatch(/-- UP sqlite\nCREATE TABLE users \(\n\s+id INTEGER NOT NULL/);
  expect(first).not.toContain("alembic_version");
  const same = story.read("versions/20260124_100000_c0ffee02_index_applications.sql");
  expect(same).toContain("-- UP\nCREATE INDEX ix_jobs_company_status");
  expect(story.list("versions")).toContain("20260127_120000_d00d0005_require_status.ts");
  succeeded(await story.mig(["upgrade"]));
});

test("a dry run shows it all and writes nothing", async () => {
  const story = await beginOnSqlite(backend);
  await leaveHalf(story);
  const before = [await story.schema(), snapshot({ folder: `${story.folder}/versions` })];
  const dry = await take(story, "--dry-run");
  expect(dry.current).toEqual(["c0ffee01", "c0ffee02"]);
  expect(dry.revisions.map(({ revision, state }) => `${revision} ${state}`)).toEqual(half);
  expect([await story.schema(), snapshot({ folder: `${story.folder}/versions` })]).toEqual(before);
});

test("what was typed: the commands of the Makefile and of alembic", async () => {
  const story = await beginOnSqlite(backend);
  await leaveHalf(story);
  await take(story);
  const typed = async (...args: string[]) => succeeded(await story.mig(args)).stdout;
  expect(await typed("current")).toContain("c0ffee01");
  expect(await typed("history", "-v")).toContain("Add user preferences");
  await typed("stamp", "--purge", "abc123");
  expect(await story.heads()).toEqual(["abc123"]);
  await typed("stamp", "c0ffee01", "c0ffee02");
  await typed("upgrade");
  await typed("downgrade", "-1");
  expect(await typed("upgrade", "abc123:c0ffee01", "--sql")).toContain("phone");
  await typed("revision", "-m", "migrate user data to new format");
  const [file] = story.list("versions").filter((name) => name.includes("migrate_user_data"));
  expect(file).toMatch(/^\d{8}_\d{6}_[0-9a-f]{12}_migrate_user_data_to_new_format\.ts$/);
  expect(errorOf(await story.mig(["downgrade", "nowhere", "--json"])).code).toBe(
    "NO_SUCH_REVISION",
  );
  const back = errorOf(await story.mig(["revision", "--autogenerate", "-m", "x", "--json"]));
  expect(back.code).toBe("DATABASE_BEHIND");
  await story.exec("UPDATE mig_version SET version_num = 'gone00'");
  expect(errorOf(await story.mig(["upgrade", "--json"])).code).toBe("UNKNOWN_CURRENT_REVISION");
  await typed("stamp", "--purge", "head");
});
