/** PostgreSQL databases that make a draft difficult: what is missing there, names that it cuts, rights, a server that goes. */
import { expect, test } from "vitest";
import { at, query } from "../support/postgres/database.ts";
import { forEachPostgres, type Story, succeeded, until } from "../support/story.ts";
import {
  beginDraft,
  check,
  clean,
  declare,
  draft,
  leavesNothing,
  upgrade,
} from "./draft-support.ts";
import { refuses } from "./support.ts";

forEachPostgres((place) => {
  test("a schema that is not there is drafted, and read from then on", async () => {
    const story = await beginDraft(
      place,
      `const app = pgSchema("app"); export const state = app.enum("state", ["on", "off"]);
export const users = app.table("users", { id: integer("id").primaryKey(), state: state("state").default("on") });`,
    );
    const text = await draft(story, "a1");
    expect(text).toContain('op.createSchema("app");');
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    succeeded(await story.mig(["downgrade", "base"]));
    expect(await story.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'app'")).toEqual([]);
  });

  test("a type that the database does not know is drafted, and told with its column", async () => {
    const story = await beginDraft(
      place,
      `const vector = customType({ dataType: () => "vector(3)" });
export const items = table("items", { id: integer("id"), near: vector("near"), list: vector("list").array() });`,
    );
    const unknown =
      "this database does not know: create it (its extension) first, or correct the schema";
    const notes = ["near", "list"].map(
      (it) => `items.${it} has the type vector(3), which ${unknown}`,
    );
    expect(await leavesNothing(story, () => check(story))).toMatchObject({
      code: 1,
      says: ["+ table items"],
      notes: [...notes, "`mig revision --autogenerate` drafts what is missing"],
    });
    await draft(story, "a1");
    const failed = await story.mig(["upgrade"]);
    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('type "vector" does not exist'),
    });
  });

  test("a server that quotes all names for everybody says the same", async () => {
    const story = await beginDraft(
      place,
      `export const t = table("t", { id: serial("id").primaryKey(), tags: text("tags").array().default(sql\`ARRAY['a']::text[]\`) });`,
    );
    const [database] = new URL(story.url).pathname.split("/").slice(1);
    await story.exec(`ALTER DATABASE "${database}" SET quote_all_identifiers = on`);
    await draft(story, "a1");
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    await story.exec(`ALTER DATABASE "${database}" RESET quote_all_identifiers`);
    expect(await check(story)).toEqual(clean);
  });

  test("names that PostgreSQL cuts", async () => {
    const long = "x".repeat(60);
    const story = await beginDraft(
      place,
      `export const t = table("t", { a: integer("a"), b: integer("b") }, (t) => [
  index("${long}_one").on(t.a), check("${long}_check", sql\`\${t.a} > 0\`), unique("${long}é_once").on(t.b)]);`,
    );
    await draft(story, "a1");
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    declare(
      story,
      `export const t = table("t", { a: integer("a") }, (t) => [index("${long}_one").on(t.a), index("${long}_oneself").on(t.a)]);`,
    );
    const says = `error: PostgreSQL keeps 63 bytes of a name, and takes "${long}_one" and "${long}_oneself" both for "${long}_on"\nhelp: give one of them a shorter name in the schema`;
    await refuses(story, ["check"], { code: "NAMES_CUT_ALIKE", says });
    // What is named after a table whose own name is as long as can be would be called as the table is.
    const longest = "x".repeat(63);
    declare(story, `export const t = table("${longest}", { a: integer("a").primaryKey() });`);
    expect((await check(story)).says).toContain(`+ table ${longest}`);
    declare(
      story,
      `export const t = table("${longest}", { a: integer("a") }, (t) => [unique().on(t.a)]);`,
    );
    await refuses(story, ["check"], {
      code: "NAMES_CUT_ALIKE",
      says: `error: PostgreSQL keeps 63 bytes of a name, and takes "${longest}" and "${longest}_a_unique" both for "${longest}"\nhelp: give one of them a shorter name in the schema`,
    });
    // That of a table cannot be cut: nothing else would find it.
    declare(story, `export const t = table("${long}table", { a: integer("a") });`);
    const failed = await leavesNothing(story, () =>
      story.mig(["revision", "--autogenerate", "-m", "x", "--accept-drops", "--json"]),
    );
    expect(failed.json()).toMatchObject({ error: { code: "NAME_TOO_LONG" } });
  });

  test("a role without rights", async () => {
    const story = await beginDraft(
      place,
      `export const t = table("t", { a: integer("a").default(sql\`1 + 1\`) }, (t) => [check("c", sql\`\${t.a} in (1, 2)\`)]);`,
    );
    await draft(story, "a1");
    await upgrade(story);
    await withRole(story, async (role, url) => {
      const asRole = { env: { DATABASE_URL: url } };
      const run = async () => {
        const { code, stdout, stderr } = await story.mig(["check"], asRole);
        return { code, stdout, stderr };
      };
      // Nothing may be read of mig's own tables.
      const refused = await run();
      expect(refused).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringContaining("permission denied for table mig_version"),
      });
      await story.exec(`GRANT SELECT ON mig_version, mig_log TO ${role}`);
      // What the catalogue says is for everybody; the server spells texts in temporary tables.
      expect(await run()).toEqual({
        code: 0,
        stdout: "the database is what the schema says\n",
        stderr: "",
      });
      declare(
        story,
        `export const t = table("t", { a: integer("a").default(sql\`(2)\`) }, (t) => [check("c", sql\`\${t.a} = any (array[1, 2])\`)]);`,
      );
      const [{ name }] = (await story.rows<{ name: string }>(
        "SELECT current_database() AS name",
      )) as [{ name: string }];
      await story.exec(`REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
      const asText = await run();
      expect(asText.code).toBe(1);
      expect(asText.stderr).toContain(
        "t.a was compared as text: this role may make no temporary tables (GRANT TEMPORARY ON DATABASE)",
      );
    });
  });

  test("a server that goes away in the middle of it", async () => {
    const story = await beginDraft(
      place,
      `import { gate } from "./gate.ts";
await gate("schema");
export const t = table("t", { a: integer("a") });`,
    );
    const running = story.start(["check", "--json"]);
    await story.reached("schema");
    await until(async () => (await others(story)).length > 0);
    await story.exec(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    story.open("schema");
    const result = await running.ended;
    expect(result.code).toBe(1);
    expect(result.json()).toEqual({
      error: {
        code: "CONNECTION_LOST",
        message: expect.stringMatching(/connection/i),
        help: expect.any(String),
      },
    });
    expect(
      await story.rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
    ).toEqual([]);
  });
});

function others(story: Story): Promise<unknown[]> {
  return story.rows(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
}

/** A role that may log in, and no more. It belongs to the server, and goes with the test. */
async function withRole(
  story: Story,
  work: (role: string, url: string) => Promise<void>,
): Promise<void> {
  const role = `mig_reader_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await query(story.url, `CREATE ROLE ${role} LOGIN PASSWORD 'reader'`);
  try {
    await work(role, at(story.url, { user: role, password: "reader" }));
  } finally {
    await query(story.url, `DROP OWNED BY ${role}`);
    await query(story.url, `DROP ROLE ${role}`);
  }
}
