/** What is in the database and not in the schema: dropped where the history made it, else left alone and told. */
import { expect, test } from "vitest";
import { succeeded } from "../support/story.ts";
import {
  beginDraft,
  check,
  clean,
  configure,
  declare,
  draft,
  leavesNothing,
  onBoth,
  upgrade,
} from "./draft-support.ts";

const users = `export const users = table("users", { id: integer("id").primaryKey(), name: text("name") });`;
const notes = `export const notes = table("notes", { id: integer("id").primaryKey() }, (t) => [index("notes_own").on(t.id)]);`;
const extra = (what: string) =>
  `? ${what} is in the database, not in the schema, and was not made by this history`;

onBoth((place) => {
  test("a table that was made by hand stays, a table of the history goes", async () => {
    const story = await beginDraft(place, users + notes);
    await draft(story, "a1");
    await upgrade(story);
    await story.exec("CREATE TABLE by_hand (id integer); CREATE INDEX fast_name ON users (name)");
    const unmanaged = [extra("table by_hand"), extra("index fast_name")];

    const found = await leavesNothing(story, () => check(story));
    expect({ ...found, notes: [...found.notes].sort() }).toEqual({
      ...clean,
      notes: [...unmanaged].sort(),
    });
    const strict = await check(story, "--strict");
    expect([strict.code, [...strict.says].sort()]).toEqual([1, [...unmanaged].sort()]);
    const { dialect } = story;
    const document = await story.mig(["check", "--strict", "--json"]);
    expect([document.code, document.json()]).toEqual([
      1,
      {
        dialect,
        clean: false,
        operations: [],
        unmanaged: [
          {
            kind: "index",
            name: "fast_name",
            table: "users",
            describe: extra("index fast_name").slice(2),
          },
          { kind: "table", name: "by_hand", describe: extra("table by_hand").slice(2) },
        ],
      },
    ]);
    const drafting = ["revision", "--autogenerate", "-m", "x"];
    const nothing = await story.mig(drafting);
    expect(nothing).toMatchObject({ code: 0, stdout: "" });
    expect(nothing.stderr).toContain("nothing differs: no file was written");
    expect(nothing.stderr).toContain(extra("table by_hand"));

    declare(story, users);
    expect((await check(story)).says).toEqual(["- table notes"]);
    expect(await draft(story, "a2")).toContain('op.dropTable("notes");');
    await upgrade(story);
    succeeded(await story.mig(["downgrade", "-1"]));
    succeeded(await story.mig(["upgrade"]));
    expect((await check(story)).code).toBe(0);
    expect(await story.rows("SELECT * FROM by_hand")).toEqual([]);

    configure(story, `exclude: ["by_hand", "fast_name"],`);
    expect(await check(story, "--strict")).toEqual(clean);
  });

  test("include leaves out what belongs to somebody else, on both sides", async () => {
    const story = await beginDraft(
      place,
      users + notes,
      `include: ({ kind, name }) => kind !== "table" || !name.startsWith("no"),`,
    );
    const text = await draft(story, "a1");
    expect(text).not.toContain("notes");
    await upgrade(story);
    await story.exec("CREATE TABLE north (id integer)");
    expect(await check(story, "--strict")).toEqual(clean);
    // As patterns: what is left out of the database would be drafted for ever if it were wanted.
    configure(story, `exclude: ["no*"],`);
    expect(await check(story, "--strict")).toEqual(clean);
  });

  test("mig's own tables are mig's, though the schema declares them to read them", async () => {
    const story = await beginDraft(
      place,
      `${users} export const log = table("mig_log", { id: integer("id").primaryKey(), message: text("message") });
      export const heads = table("mig_version", { version: text("version_num").primaryKey() });`,
    );
    expect(await draft(story, "a1")).not.toContain("mig_");
    await upgrade(story);
    expect(await check(story, "--strict")).toEqual(clean);
  });

  test("a key to a table that the schema forgot to export is told, unless the table is there", async () => {
    const story = await beginDraft(
      place,
      `const kinds = table("kinds", { id: integer("id").primaryKey() });
      export const users = table("users", { id: integer("id").primaryKey(), kind: integer("kind").references(() => kinds.id) });`,
    );
    expect((await check(story)).notes).toContain(
      "users refers to kinds, which no schema file exports, and which was not found in the database",
    );
    configure(story, `exclude: ["kinds"],`);
    expect((await check(story)).notes).not.toContainEqual(expect.stringContaining("refers to"));
    configure(story, "");
    await story.exec("CREATE TABLE kinds (id integer PRIMARY KEY)");
    expect((await check(story)).notes).not.toContainEqual(expect.stringContaining("refers to"));
  });

  test("a base for a database that exists: --from-empty, and stamp", async () => {
    const story = await beginDraft(place, users);
    await story.exec(
      "CREATE TABLE users (id integer PRIMARY KEY NOT NULL, name text); INSERT INTO users VALUES (1, 'Ada')",
    );
    const text = await leavesNothing(story, () => check(story)).then(() =>
      draft(story, "first", "--from-empty"),
    );
    expect(text).toContain('op.createTable(\n    "users"');
    succeeded(await story.mig(["stamp", "head"]));
    expect(await check(story, "--strict")).toEqual(clean);
    expect(await story.rows("SELECT name FROM users")).toEqual([{ name: "Ada" }]);
  });
});
