/** Renames: told by a flag, never guessed. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { succeeded } from "../support/story.ts";
import { beginDraft, check, clean, declare, draft, onBoth, upgrade } from "./draft-support.ts";
import { refuses } from "./support.ts";

const before = `export const users = table("users", { id: integer("id").primaryKey(), mail: text("mail"), note: text("note") });`;
const after = `export const users = table("people", { id: integer("id").primaryKey(), email: text("email"), note: text("note") });`;
const column = `export const users = table("users", { id: integer("id").primaryKey(), email: text("email"), note: text("note") });`;

onBoth((place) => {
  async function begin() {
    const story = await beginDraft(place, before);
    await draft(story, "a1");
    await upgrade(story);
    await story.exec("INSERT INTO users VALUES (1, 'ada@example.org', 'n')");
    declare(story, column);
    return story;
  }

  test("a renamed column keeps its values; where nobody can be asked, it has to be said", async () => {
    const story = await begin();
    const drafting = ["revision", "--autogenerate", "-m", "x"];
    await refuses(story, drafting, {
      code: "RENAMES_UNDECIDED",
      says: `error: something may have been renamed, and nobody can be asked: users.mail to users.email
help: say --rename users.mail:users.email, or --accept-drops to drop the old and add the new, with the data in it lost`,
    });
    expect((await story.mig(["diff", "--json"])).json()).toMatchObject({
      error: { code: "RENAMES_UNDECIDED" },
    });
    await refuses(story, [...drafting, "--rename", "users.post:users.email"], {
      code: "RENAME_UNKNOWN",
      says: `error: --rename users.post:users.email means nothing: the first is not something that is gone, or the second not something of its kind that is new
help: what may have been renamed: users.mail:users.email`,
    });
    const text = await draft(story, "a2", "--rename", "users.mail:email");
    expect(text).toContain('op.renameColumn("users", "mail", "email");');
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    expect(await story.rows("SELECT email FROM users")).toEqual([{ email: "ada@example.org" }]);
  });

  test("--accept-drops drops the old and adds the new, and says what is lost", async () => {
    const story = await begin();
    const text = await draft(story, "a2", "--accept-drops");
    expect(text).toContain("// LOSES DATA: 1 row of users have a value in mail");
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    expect(await story.rows("SELECT email FROM users")).toEqual([{ email: null }]);
  });

  test("a table and one of its columns at once", async () => {
    const story = await begin();
    declare(story, after);
    const flags = ["--rename", "users:people", "--rename", "people.mail:people.email"];
    const text = await draft(story, "a2", ...flags);
    expect(text).toContain('op.renameTable("users", "people");');
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    expect(await story.rows("SELECT email FROM people")).toEqual([{ email: "ada@example.org" }]);
  });

  test("what is said is done, however unlike the two are", async () => {
    const story = await begin();
    declare(
      story,
      `export const users = table("users", { id: integer("id").primaryKey(), contact: integer("contact"), note: text("note") });`,
    );
    await story.exec("UPDATE users SET mail = '12'");
    const text = await draft(story, "a2", "--rename", "users.mail:contact");
    expect(text).toContain('op.renameColumn("users", "mail", "contact");');
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    expect(await story.rows("SELECT contact FROM users")).toEqual([{ contact: 12 }]);
  });

  test("on a terminal it is asked", async () => {
    const story = await begin();
    story.write({ "terminal.mjs": terminal });
    const env = { NODE_OPTIONS: "--import ./terminal.mjs", CI: "" };
    const drafting = ["revision", "--autogenerate", "-m", "x", "--rev-id", "a2"];
    const stopped = await story.mig(drafting, { env, input: "\x03" });
    expect([stopped.code, stopped.stderr]).toEqual([
      1,
      expect.stringContaining(
        `cancelled: whether users.mail was renamed is not decided\nhelp: nothing was written;`,
      ),
    ]);
    expect(story.list("versions").filter((name) => name.includes("_a2_"))).toEqual([]);
    for (const [keys, drafted] of [
      ["\x1b[B\r", 'users.dropColumn("mail")'],
      ["\r", 'op.renameColumn("users", "mail", "email")'],
    ] as const) {
      const asked = succeeded(await story.mig(drafting, { env, input: keys }));
      expect(asked.stderr).toContain("column users.mail is gone. Was it renamed?");
      const [file = ""] = story.list("versions").filter((name) => name.includes("_a2_"));
      expect(story.read(`versions/${file}`)).toContain(drafted);
      rmSync(join(story.folder, "versions", file));
    }
  });
});

/** A pipe that says it is a terminal. */
const terminal = `for (const stream of [process.stdin, process.stderr])
  Object.defineProperty(stream, "isTTY", { value: true });
process.stdin.setRawMode = () => process.stdin;
`;
