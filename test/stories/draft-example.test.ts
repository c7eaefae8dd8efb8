/** The example project: its schema changes, and the draft goes there and back. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyExample, type Story, succeeded } from "../support/story.ts";
import { check, clean, draft, leavesNothing, onBoth, upgrade } from "./draft-support.ts";

const edits = [
  [
    /notes: text\("notes"\),/,
    'notes: text("notes").notNull().default("none"), room: text("room"),',
  ],
  [/(on\(interviews\.applicationId\))/, "$1.where(sql`notes <> ''`)"],
  [/'offer', 'rejected'\)/, "'offer', 'rejected', 'withdrawn')"],
  [/\.default\("light"\)/, '.default("dark")'],
] as const;

function edit(story: Story, file: string): void {
  let text = story.read(file);
  for (const [from, to] of edits) {
    expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  story.write({ [file]: text });
}

onBoth(({ begin }) => {
  test("the example's schema changes, and the draft is run and undone", async () => {
    const story = await begin();
    copyExample(story);
    await upgrade(story);
    expect(await check(story)).toEqual(clean);
    await story.exec("INSERT INTO users (email, name) VALUES ('ada@example.org', 'Ada')");
    const files = ["schema/sqlite.ts", "schema/postgresql.ts"];
    const originals = Object.fromEntries(files.map((file) => [file, story.read(file)]));

    for (const file of files) edit(story, file);
    expect(await leavesNothing(story, () => check(story))).toEqual({
      code: 1,
      says: expect.arrayContaining([expect.stringMatching(/column interviews\.room/)]),
      notes: ["`mig revision --autogenerate` drafts what is missing"],
    });
    const text = await draft(story, "edited");
    expect(text).not.toMatch(/\.on\("/);
    await upgrade(story);
    expect(await check(story)).toEqual(clean);

    const drafting = ["revision", "--autogenerate", "-m", "again"];
    const nothing = await leavesNothing(story, () => story.mig(drafting));
    const says = "nothing differs: no file was written\n";
    expect(nothing).toMatchObject({ code: 0, stdout: "", stderr: says });

    succeeded(await story.mig(["downgrade", "-1"]));
    expect(await story.rows("SELECT name FROM users")).toEqual([{ name: "Ada" }]);
    const [written = ""] = story.list("versions").filter((name) => name.includes("edited"));
    rmSync(join(story.folder, "versions", written));
    story.write(originals);
    expect(await check(story)).toEqual(clean);
  });
});
