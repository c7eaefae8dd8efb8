/** docs/moving/ts-strings.md, row by row: TypeScript files with SQL strings, and batches. */
import { expect, test } from "vitest";
import { Migrator } from "../../src/index.ts";
import { errorOf, type Story, succeeded } from "../support/story.ts";
import { imported, statesOf, statusOf } from "./import-support.ts";
import { exampleOf, importsAs, inOld, objectsOf, onPostgres, ran } from "./moving-support.ts";

const files = exampleOf("ts-strings");
const names = Object.keys(files).map((name) => name.replace(".ts", ""));
const ids = names.map((name) => name.slice(0, 3));

const table = `CREATE TABLE migrations (
  id VARCHAR(255) PRIMARY KEY,           -- Migration ID (001, 002, etc.)
  name VARCHAR(255) NOT NULL,            -- Migration name
  executed_at TIMESTAMP WITH TIME ZONE, -- When it was executed
  batch INTEGER NOT NULL                 -- Batch number for rollbacks
);`;

const upOf = (name: string) =>
  /export const up = `([\s\S]*?)`;/.exec(files[`${name}.ts`] ?? "")?.[1] ?? "";

/** Two batches of two; the third was rolled back whole and left no row. */
async function halfWay(story: Story): Promise<void> {
  await story.exec(table);
  for (const [at, name] of names.slice(0, 4).entries()) {
    await story.exec(upOf(name));
    await story.exec(
      `INSERT INTO migrations VALUES ('${ids[at]}', '${name.slice(4)}', '2025-02-0${at + 1} 08:00:00+00', ${at < 2 ? 1 : 2})`,
    );
  }
}

onPostgres((place) => {
  test("004_396360bd7385f707: a table migrations with batches, half-way, and back past it", async () => {
    const story = await place.begin(inOld(files));
    await halfWay(story);
    await importsAs(
      story,
      "ts-strings",
      ids.map((id, at) => `${id} ${at < 4 ? "applied" : "pending"}`),
    );
    const status = await statusOf(story);
    expect(status.map(({ batch }) => batch)).toEqual([1, 1, 2, 2, null, null, null, null]);
    expect(status[2]).toMatchObject({ appliedAt: "2025-02-03T08:00:00.000Z" });
    expect(succeeded(await story.mig(["status"])).stderr).toContain("4 applied, 4 pending");

    // one of a batch fails, and nothing of the batch stays
    await story.exec("INSERT INTO users (email) VALUES ('nameless@example.com')");
    const failed = errorOf(await story.mig(["upgrade", "006", "--transaction", "all", "--json"]));
    expect([failed.code, failed.revision]).toEqual(["REVISION_FAILED", "006"]);
    expect(await story.heads()).toEqual(["004"]);
    await story.exec("DELETE FROM users");

    // migrate:up
    expect(await ran(story, "upgrade")).toEqual(["up 005", "up 006", "up 007", "up 008"]);
    expect(story.read("versions/007_add_email_index_to_users.sql")).toContain(
      "-- transaction: false\n",
    );
    const byHand = await place.begin();
    for (const name of names) await byHand.exec(upOf(name));
    expect(await objectsOf(story)).toEqual(await objectsOf(byHand));

    // migrate:down, three times: the last batch, and the two that the old tool ran
    expect(await ran(story, "downgrade", "--batch")).toEqual([
      "down 008",
      "down 007",
      "down 006",
      "down 005",
    ]);
    expect(await ran(story, "downgrade", "--batch")).toEqual(["down 004", "down 003"]);
    expect(await ran(story, "downgrade", "--batch")).toEqual(["down 002", "down 001"]);
    expect(await objectsOf(story)).toEqual([]);
    // migrate:reset and migrate:up
    succeeded(await story.mig(["upgrade"]));
    expect(await ran(story, "reset")).toHaveLength(16);
    expect(await objectsOf(story)).toEqual(await objectsOf(byHand));
  });

  test("what its users do from then on", async () => {
    const story = await place.begin(inOld(files));
    await halfWay(story);
    await imported(story, "ts-strings");
    expect(succeeded(await story.mig(["help", "upgrade"])).stdout).toContain("--transaction");

    // DB_HOST and its like
    const { hostname, port, pathname, username, password, searchParams } = new URL(story.url);
    const env = {
      DATABASE_URL: undefined,
      DB_HOST: searchParams.get("host") ?? hostname,
      DB_PORT: port || undefined,
      DB_NAME: pathname.slice(1),
      DB_USER: username || undefined,
      DB_PASSWORD: password || undefined,
    };
    const status = succeeded(await story.mig(["status", "--json"], { env }));
    expect(status.json<{ revisions: object[] }>().revisions).toHaveLength(8);

    // migrate:create
    succeeded(await story.mig(["revision", "--sql-file", "-m", "add users table"]));
    const file = `versions/${story.list("versions").find((name) => name.includes("add_users_table"))}`;
    const header = story.read(file).split("-- UP")[0];
    story.write({ [file]: `${header}-- UP\nCREATE TABLE more_users (id integer);\n` });

    // new DatabaseMigrator({ host, … }): migrate, status, rollback, close
    const migrator = new Migrator({
      root: story.folder,
      url: {
        host: env.DB_HOST,
        port: Number(port || 5432),
        database: env.DB_NAME,
        ...(username && { user: username }),
        ...(password && { password }),
      },
    });
    expect((await migrator.upgrade()).steps).toHaveLength(5);
    const { revisions } = await migrator.status();
    expect(revisions.every(({ state }) => state === "applied")).toBe(true);
    await migrator.close();

    // only what has a way back can be rolled back
    expect(errorOf(await story.mig(["downgrade", "-1", "--json"])).code).toBe("NO_SCRIPT");

    // out of sync, and everything forgotten
    succeeded(await story.mig(["stamp", "008"]));
    expect((await statesOf(story)).at(-1)).toContain("pending");
    succeeded(await story.mig(["stamp", "base"]));
    expect((await statesOf(story)).every((state) => state.endsWith("pending"))).toBe(true);
  });
});
