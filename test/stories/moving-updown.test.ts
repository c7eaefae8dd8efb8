/** docs/moving/sql-updown.md, row by row: SQL files with a header and a section `-- DOWN`, policies and functions. */
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

const files = exampleOf("sql-updown");
const names = Object.keys(files);

const table = `CREATE TABLE schema_migrations (
    id UUID DEFAULT gen_random_uuid() PRIMARY KEY,
    version VARCHAR(255) NOT NULL UNIQUE,
    name VARCHAR(255) NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    checksum VARCHAR(64),
    success BOOLEAN NOT NULL DEFAULT true,
    error_message TEXT,
    execution_time_ms INTEGER,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);`;

/** What the platform brings along. */
const auth = `CREATE SCHEMA auth;
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.uid', true), '')::uuid $$;`;

const config = `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  schema: { postgresql: "schema.ts" },
  environments: { dev: { lockTimeout: "5s", backup: "echo saved >> backup.txt" } },
  scratch: { prepare: { postgresql: ${JSON.stringify(auth)} } },
});
`;

/** What the history leads to, in Drizzle. */
const schema = `import { sql } from "drizzle-orm";
import { index, jsonb, pgPolicy, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

const id = () => uuid("id").defaultRandom().primaryKey();
const userId = () => uuid("user_id").references(() => profiles.id, { onDelete: "cascade" });
const at = (name: string) => timestamp(name, { withTimezone: true }).defaultNow();
const own = (what: string) =>
  pgPolicy(\`Users can manage their own \${what}\`, { for: "all", using: sql\`auth.uid() = user_id\` });

export const profiles = pgTable(
  "profiles",
  { id: id(), email: varchar("email", { length: 255 }).notNull().unique(), fullName: text("full_name") },
  () => [pgPolicy("Users can manage their own profile", { for: "all", using: sql\`auth.uid() = id\` })],
);
export const resumes = pgTable(
  "resumes",
  { id: id(), userId: userId(), content: jsonb("content").notNull().default({}), createdAt: at("created_at") },
  () => [
    pgPolicy("Users can manage their own resumes", {
      for: "all",
      using: sql\`auth.uid() = user_id\`,
      withCheck: sql\`auth.uid() = user_id\`,
    }),
  ],
);
export const chatInteractions = pgTable(
  "chat_interactions",
  { id: id(), userId: userId(), message: text("message").notNull(), metadata: jsonb("metadata").notNull().default({}) },
  (t) => [index("idx_chat_interactions_user_id").on(t.userId)],
).enableRLS();
export const jobScrapings = pgTable(
  "job_scrapings",
  { id: id(), userId: userId(), url: text("url").notNull(), result: jsonb("result") },
  () => [own("job scrapings")],
);
export const userPreferences = pgTable(
  "user_preferences",
  {
    id: id(),
    userId: userId(),
    preferences: jsonb("preferences").notNull().default({}),
    createdAt: at("created_at"),
    updatedAt: at("updated_at"),
  },
  (t) => [index("idx_user_preferences_user_id").on(t.userId), own("preferences")],
);
`;

const upOf = (name: string) => (files[name] ?? "").split(/^-- DOWN$/m)[0] ?? "";

async function oldRun(story: Story, name: string, at: string, error?: string): Promise<void> {
  if (error === undefined) await story.exec(upOf(name));
  const [version = "", ...rest] = name.replace(".sql", "").split("_");
  await story.exec(
    `INSERT INTO schema_migrations (version, name, applied_at, checksum, success, error_message, execution_time_ms)
      VALUES ('${version}', '${rest.join("_")}', '${at}', '${checksumOf(files, name)}', ${error === undefined},
        ${error === undefined ? "NULL" : `'${error}'`}, 12)`,
  );
}

/** Four of the files ran, and the fifth failed. */
async function halfWay(story: Story): Promise<void> {
  await story.exec(auth);
  await story.exec(table);
  for (const [at, name] of names.slice(0, 4).entries())
    await oldRun(story, name, `2025-01-2${at} 08:00:00+00`);
  await oldRun(story, names[4] ?? "", "2025-01-24 08:00:00+00", "syntax error");
}

onPostgres((place) => {
  test("001_8d89d2cf120bc144: a table schema_migrations by version, half-way, and back past it", async () => {
    const story = await place.begin({ ...inOld(files), "migrator.config.ts": config });
    await halfWay(story);
    await importsAs(story, "sql-updown", [
      "001 applied",
      "002 applied",
      "003 applied",
      "004 applied",
      "005 failed",
      "006 pending",
    ]);

    // migrate:status, and the columns of the table
    const [first, , , fourth, fifth] = await statusOf(story);
    expect(first).toMatchObject({ appliedAt: "2025-01-20T08:00:00.000Z", ms: 12 });
    expect(fourth).toMatchObject({ appliedAt: "2025-01-23T08:00:00.000Z", ms: 12 });
    expect(fifth).toMatchObject({ state: "failed" });
    const status = succeeded(await story.mig(["status"]));
    expect(status.stdout).toContain("syntax error");
    expect(status.stderr).toContain("4 applied, 1 pending, 1 failed");

    // the header
    expect(story.read("versions/003_chat_interactions.sql")).toMatch(
      /^-- message: Chat interaction tracking\n-- revision: 003\n-- down-revision: 002\n-- depends-on: 001\n-- created: 2025-01-22\n-- author: Grace Example\n/,
    );

    // migrate:up, as far as 005 and then all
    expect(await ran(story, "upgrade", "005")).toEqual(["up 005"]);
    expect(await ran(story, "upgrade")).toEqual(["up 006"]);
    const byHand = await place.begin();
    await byHand.exec(auth);
    for (const name of names) await byHand.exec(upOf(name));
    expect(await objectsOf(story)).toEqual(await objectsOf(byHand));

    // migrate:down 002, which is before the import
    expect(await ran(story, "downgrade", "002")).toEqual([
      "down 006",
      "down 005",
      "down 004",
      "down 003",
    ]);
    // migrate:down 000 and migrate:up
    expect(await ran(story, "downgrade", "base")).toEqual(["down 002", "down 001"]);
    expect(await objectsOf(story)).toEqual([]);
    expect(await ran(story, "upgrade")).toHaveLength(6);
    expect(await ran(story, "reset")).toHaveLength(12);
    expect(await objectsOf(story)).toEqual(await objectsOf(byHand));
  });

  test("what its users do from then on", async () => {
    const story = await place.begin({
      ...inOld(files),
      "migrator.config.ts": config,
      "schema.ts": schema,
    });
    await halfWay(story);
    succeeded(await story.mig(["import", "sql-updown", "old"]));
    succeeded(await story.mig(["upgrade"]));

    // validate:schema, test:migrations, validate:all
    succeeded(await story.mig(["verify"]));
    succeeded(await story.mig(["check"]));
    await story.exec(`DROP POLICY "Users can manage their own profile" ON profiles`);
    const drifted = await story.mig(["check"]);
    expect([drifted.code, drifted.stdout]).toEqual([1, expect.stringContaining("own profile")]);
    expect(succeeded(await story.mig(["test"])).stdout).toContain(
      "6 revisions up, down and up again",
    );

    // 007_new_feature.sql, undone, corrected and run again
    succeeded(
      await story.mig(["revision", "--sql-file", "--rev-id", "007", "-m", "newer feature"]),
    );
    const file = `versions/${story.list("versions").find((name) => name.includes("_007_"))}`;
    const write = (type: string) => {
      const header = story.read(file).split("-- UP")[0];
      story.write({
        [file]: `${header}-- UP\nALTER TABLE profiles ADD COLUMN phone ${type};\n\n-- DOWN\nALTER TABLE profiles DROP COLUMN phone;\n`,
      });
    };
    write("TEXT");
    expect(await ran(story, "upgrade")).toEqual(["up 007"]);
    expect(await ran(story, "downgrade", "006")).toEqual(["down 007"]);
    write("VARCHAR(20)");
    expect(await ran(story, "upgrade")).toEqual(["up 007"]);
    expect(story.read("backup.txt").length).toBeGreaterThan("saved\n".length);

    // a rollback that fails is rolled back itself
    await story.exec("ALTER TABLE profiles RENAME COLUMN phone TO telephone");
    const failed = errorOf(await story.mig(["downgrade", "-1", "--json"]));
    expect(failed).toMatchObject({ code: "REVISION_FAILED", revision: "007" });
    await story.exec("ALTER TABLE profiles DROP COLUMN telephone");
    succeeded(await story.mig(["stamp", "006"]));
    succeeded(await story.mig(["repair", "--handled", "007", "--reason", "cleaned up by hand"]));
    expect((await statesOf(story)).at(-1)).toBe("007 pending");
  });
});
