/** docs/moving/sql-pairs.md, row by row: pairs of SQL files, and environments of which one is to be confirmed. */
import { expect, test } from "vitest";
import { errorOf, type Story, succeeded } from "../support/story.ts";
import { imported, statesOf, statusOf } from "./import-support.ts";
import {
  checksumOf,
  exampleOf,
  importsAs,
  inOld,
  objectsOf,
  onPostgres,
  ran,
} from "./moving-support.ts";

const files = exampleOf("sql-pairs");
const names = Object.keys(files).filter((name) => !name.includes("_rollback"));
const ids = names.map((name) => name.replace(".sql", ""));

const config = `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  environments: {
    dev: { url: process.env.DATABASE_URL },
    production: {
      url: process.env.PRODUCTION_DATABASE_URL,
      protected: true,
      backup: "echo saved >> backup.txt",
    },
  },
});
`;

const table = `CREATE TABLE schema_migrations (
  id SERIAL PRIMARY KEY,
  migration_name VARCHAR(255) NOT NULL UNIQUE,
  checksum VARCHAR(64),
  applied_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);`;

/** The first `count` files ran. The tool keeps no row of one that failed. */
async function oldRuns(story: Story, count: number): Promise<void> {
  await story.exec(table);
  for (const [at, name] of names.slice(0, count).entries()) {
    await story.exec(files[name] ?? "");
    await story.exec(
      `INSERT INTO schema_migrations (migration_name, checksum, applied_at)
        VALUES ('${ids[at]}', '${checksumOf(files, name)}', '2024-12-2${at} 08:30:00+00')`,
    );
  }
}

onPostgres((place) => {
  test("003_a496b53e56cae6e3: a table schema_migrations by name, half-way, and back past it", async () => {
    const story = await place.begin({ ...inOld(files), "migrator.config.ts": config });
    await oldRuns(story, 3);
    await importsAs(
      story,
      "sql-pairs",
      ids.map((id, at) => `${id} ${at < 3 ? "applied" : "pending"}`),
    );
    const status = await statusOf(story);
    expect(status[1]).toMatchObject({ appliedAt: "2024-12-21T08:30:00.000Z" });
    const preferences = story.read(`versions/${ids[3]}.sql`);
    expect(preferences).toContain("-- message: Add user preferences table\n");
    expect(preferences).toContain("-- created: 2024-12-27T14:30:00Z\n");
    expect(preferences).not.toMatch(/^(?:BEGIN|COMMIT);/m);

    // migrate --env dev --dry-run, migrate --env dev
    const shown = succeeded(await story.mig(["upgrade", "-n", "dev", "--dry-run"])).stdout;
    expect(shown).toContain(ids[4]);
    expect(await ran(story, "upgrade", "-n", "dev")).toEqual([`up ${ids[3]}`, `up ${ids[4]}`]);
    const byHand = await place.begin();
    for (const name of names) await byHand.exec(files[name] ?? "");
    expect(await objectsOf(story)).toEqual(await objectsOf(byHand));

    // rollback without a script, and with one: --name M
    const missing = errorOf(await story.mig(["downgrade", `${ids[4]}-1`, "--json"]));
    expect([missing.code, missing.revision]).toEqual(["NO_SCRIPT", ids[4]]);
    story.write({
      [`versions/${ids[4]}.sql`]: `${story.read(`versions/${ids[4]}.sql`)}
-- DOWN
ALTER TABLE users ADD COLUMN old_field INTEGER;
ALTER TABLE users DROP COLUMN field_name;
`,
    });
    succeeded(await story.mig(["repair", "--accept", ids[4] ?? "", "--reason", "its way back"]));
    expect(await ran(story, "downgrade", `${ids[4]}-1`)).toEqual([`down ${ids[4]}`]);
    // one in the middle takes along what came after it, before the import, too
    expect(await ran(story, "downgrade", `${ids[1]}-1`)).toEqual(
      [3, 2, 1].map((at) => `down ${ids[at]}`),
    );
    expect(await ran(story, "downgrade", "base")).toEqual([`down ${ids[0]}`]);
    expect(await objectsOf(story)).toEqual([]);
  });

  test("what its users do from then on, in production too", async () => {
    const story = await place.begin({ ...inOld(files), "migrator.config.ts": config });
    const production = await place.begin();
    await oldRuns(story, 5);
    await oldRuns(production, 4);
    const env = { PRODUCTION_DATABASE_URL: production.url };
    await imported(story, "sql-pairs");
    const unasked = errorOf(
      await story.mig(["import", "sql-pairs", "old", "-n", "production", "--json"], { env }),
    );
    expect(unasked.code).toBe("NOT_CONFIRMED");
    const second = ["import", "sql-pairs", "old", "-n", "production", "--yes"];
    expect(succeeded(await story.mig(second, { env })).stderr).toContain("wrote 0 of 5");
    const everywhere = succeeded(await story.mig(["env"], { env })).stdout;
    expect(everywhere).toMatch(/production[\s\S]*1 pending/);

    // migrate --env production: asked for, and backed up
    const refused = errorOf(await story.mig(["upgrade", "-n", "production", "--json"], { env }));
    expect(refused.code).toBe("NOT_CONFIRMED");
    succeeded(await story.mig(["upgrade", "-n", "production", "--yes"], { env }));
    expect(story.read("backup.txt")).toBe("saved\n");
    expect(await production.heads()).toEqual([ids[4]]);

    // create --name, a checksum, and a row that should not be there
    succeeded(await story.mig(["revision", "--sql-file", "-m", "add user theme"]));
    const file = `versions/${story.list("versions").find((name) => name.includes("add_user_theme"))}`;
    expect(story.read(file)).toContain("-- DOWN\n");
    succeeded(await story.mig(["upgrade"]));
    const [added = ""] = await story.heads();
    succeeded(await story.mig(["stamp", `${added}-1`]));
    expect((await statesOf(story)).at(-1)).toBe(`${added} pending`);
    succeeded(await story.mig(["stamp", added]));
    story.write({ [file]: `${story.read(file)}SELECT 1;\n` });
    const verified = await story.mig(["verify"]);
    expect([verified.code, verified.stdout]).toEqual([1, expect.stringContaining(added)]);
  });
});
