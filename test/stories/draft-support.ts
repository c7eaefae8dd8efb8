/** What the stories about drafts share: a project with a Drizzle schema, and looks at what a command left behind. */
import { describe, expect, inject } from "vitest";
import { postgresObjects, sqliteObjects } from "../support/object-dump.ts";
import {
  beginOnPostgres,
  beginOnSqlite,
  type Place,
  type Story,
  succeeded,
} from "../support/story.ts";
import { snapshot } from "./support.ts";

/** The same stories on SQLite and on the newest PostgreSQL; what servers make of schemas is looked at in test/converge. */
export function onBoth(tests: (place: Place) => void): void {
  describe("SQLite", () => tests({ dialect: "sqlite", begin: beginOnSqlite }));
  const newest = inject("postgres").at(-1);
  if (newest === undefined) throw new Error("no PostgreSQL server");
  describe(`PostgreSQL ${newest.name}`, () =>
    tests({ dialect: "postgresql", begin: (...of) => beginOnPostgres(newest, ...of) }));
}

/** What everything of Drizzle is imported from, and the names that a schema of either database can be written with. */
const imports = {
  sqlite: `import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable as table, sqliteView, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";
`,
  postgresql: `import { sql } from "drizzle-orm";
import { check, customType, index, integer, pgEnum, pgPolicy, pgSchema, pgTable as table, pgView, primaryKey, serial, text, unique, uniqueIndex, varchar } from "drizzle-orm/pg-core";
`,
} as const;

/** The config of such a project; `further` members stand in it as they are. */
function configText(dialect: Place["dialect"], further: string): string {
  return `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  schema: { ${dialect}: "schema.ts" },
  environments: { dev: {} },
  ${further}
});
`;
}

/** A project whose schema is `schema`, and an empty database. */
export async function beginDraft(
  { begin, dialect }: Place,
  schema: string,
  further = "",
): Promise<Story> {
  const story = await begin({ "migrator.config.ts": configText(dialect, further) });
  declare(story, schema);
  expect(story.dialect).toBe(dialect);
  return story;
}

/** Let the project's schema be this. */
export function declare(story: Story, schema: string): void {
  story.write({ "schema.ts": imports[story.dialect] + schema });
}

export function configure(story: Story, further: string): void {
  story.write({ "migrator.config.ts": configText(story.dialect, further) });
}

/** Draft a revision that has to come about, and give its text. */
export async function draft(
  story: Story,
  id: string,
  ...flags: readonly string[]
): Promise<string> {
  const args = ["revision", "--autogenerate", "-m", id, "--rev-id", id, ...flags];
  const { stdout } = succeeded(await story.mig(args));
  return story.read(stdout.trim().replace(/^wrote /, ""));
}

export async function upgrade(story: Story): Promise<void> {
  succeeded(await story.mig(["upgrade"]));
}

/** The lines that `check` prints, and how it ends. */
export async function check(story: Story, ...flags: readonly string[]) {
  const { code, stdout, stderr } = await story.mig(["check", ...flags]);
  return { code, says: lines(stdout), notes: lines(stderr) };
}

export const clean = { code: 0, says: ["the database is what the schema says"], notes: [] };

function lines(text: string): readonly string[] {
  return text.split("\n").filter(Boolean);
}

/** Everything in the database, mig's own tables too. */
export async function objects({ dialect, rows }: Story): Promise<readonly string[]> {
  return dialect === "sqlite" ? sqliteObjects(rows) : postgresObjects(rows);
}

/** Do `work`, which leaves no trace: neither in the database nor in the project. */
export async function leavesNothing<Result>(
  story: Story,
  work: () => Promise<Result>,
): Promise<Result> {
  const [before, files] = [await objects(story), snapshot(story)];
  const result = await work();
  expect([await objects(story), snapshot(story)]).toEqual([before, files]);
  return result;
}
