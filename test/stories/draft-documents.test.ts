/** What check, diff and drafts tell with --json: one document on stdout. And the database that is behind its history. */
import { expect, test } from "vitest";
import { succeeded } from "../support/story.ts";
import {
  beginDraft,
  check,
  declare,
  draft,
  leavesNothing,
  onBoth,
  upgrade,
} from "./draft-support.ts";
import { refuses } from "./support.ts";

const users = `export const users = table("users", { id: integer("id").primaryKey(), name: text("name") });`;

onBoth((place) => {
  const { dialect } = place;
  const run = (command: string) => command.split(" ");

  test("check, diff and revision --autogenerate with --json", async () => {
    const story = await beginDraft(place, users);
    const created = { kind: "createTable", describe: "+ table users" };
    for (const [command, code] of [
      ["check --json", 1],
      ["diff --json", 0],
    ] as const) {
      const result = await story.mig(run(command));
      expect([result.code, result.json()]).toEqual([
        code,
        { dialect, clean: false, operations: [expect.objectContaining(created)] },
      ]);
    }
    const diff = await story.mig(["diff"]);
    expect(diff).toMatchObject({ code: 0, stderr: "" });
    expect(diff.stdout).toMatch(/^-- \+ table users\nCREATE TABLE "users" \([\s\S]+\);\n$/);
    // None of them has made anything, not even the version table.
    if (dialect === "postgresql") {
      expect(await story.rows("SELECT relname FROM pg_class WHERE relname LIKE 'mig%'")).toEqual(
        [],
      );
    } else expect(story.list(".")).not.toContain("data");

    const drafting = run("revision --autogenerate -m users --rev-id a1 --json");
    const drafted = succeeded(await story.mig(drafting));
    expect(drafted.json()).toMatchObject({ revision: "a1", message: "users", isHead: true });
    const { file } = drafted.json<{ file: string }>();
    expect(story.read(file)).toContain('op.createTable(\n    "users",');
    await upgrade(story);
    for (const command of ["check --json", "diff --json"]) {
      const result = await leavesNothing(story, () => story.mig(run(command)));
      const { code, stdout } = result;
      expect([code, JSON.parse(stdout)]).toEqual([0, { dialect, clean: true, operations: [] }]);
    }
    const nothing = await story.mig(run("revision --autogenerate -m none --json"));
    expect([nothing.code, nothing.json(), nothing.stderr]).toEqual([
      0,
      null,
      "nothing differs: no file was written\n",
    ]);
    expect((await story.mig(["diff"])).stdout).toBe("");
  });

  test("a database behind its history is not compared: what is drafted already would be drafted again", async () => {
    const story = await beginDraft(place, users);
    await draft(story, "a1");
    const says = `error: the database is not at head: 1 revision is pending (a1)
help: \`mig upgrade head\` first, so that mig check does not draft again what is drafted already`;
    await refuses(story, ["check"], { code: "DATABASE_BEHIND", says });
    for (const command of ["diff --json", "revision --autogenerate -m x --json"]) {
      const behind = await story.mig(run(command));
      expect(behind.json()).toMatchObject({ error: { code: "DATABASE_BEHIND" } });
    }
    await upgrade(story);
    expect((await check(story)).code).toBe(0);
  });

  test("a draft for rows that exist says above the operation what they have against it", async () => {
    const story = await beginDraft(place, users);
    await draft(story, "a1");
    await upgrade(story);
    await story.exec("INSERT INTO users (id, name) VALUES (1, NULL), (2, 'b')");
    declare(
      story,
      `export const users = table("users", { id: integer("id").primaryKey(), name: text("name").notNull() });`,
    );
    const text = await draft(story, "a2");
    expect(text).toContain("// FAILS as it is: name is NULL in 1 row of users.");
    const failed = await story.mig(["upgrade"]);
    expect([failed.code, await story.heads()]).toEqual([1, ["a1"]]);
  });
});
