/** What one command applied is undone by one, and everything is run anew. */
import { expect, test } from "vitest";
import { createProject, revisionFile } from "../support/project.ts";
import { errorOf, forEachDatabase, succeeded } from "../support/story.ts";
import { refuses, revisions } from "./support.ts";

const table = (revision: string, down: string | null) =>
  revisionFile({
    revision,
    down,
    upgrade: `op.createTable("of_${revision}", [t.integer("id", { notNull: true })]);`,
    downgrade: `op.dropTable("of_${revision}");`,
  });

const files = {
  "versions/a.ts": table("a1", null),
  "versions/b.ts": table("b1", "a1"),
  "versions/c.ts": table("c1", "b1"),
};

forEachDatabase((place) => {
  test("downgrade --batch undoes what the last upgrade applied, and then the one before", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade", "a1"]));
    succeeded(await story.mig(["upgrade"]));
    const done = succeeded(await story.mig(["downgrade", "--batch", "--json"]));
    expect(done.json()).toMatchObject({
      steps: [
        { direction: "down", revision: "c1" },
        { direction: "down", revision: "b1" },
      ],
      current: ["a1"],
    });
    succeeded(await story.mig(["downgrade", "--batch"]));
    expect(await story.heads()).toEqual([]);
    expect(errorOf(await story.mig(["downgrade", "--batch", "--json"]))).toMatchObject({
      code: "NO_BATCH",
      message: "there is no batch to undo: nothing that an upgrade applied is still applied",
    });
  });

  test("only what of it is still applied; a dry run tells and changes nothing", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade"]));
    succeeded(await story.mig(["downgrade", "-1"]));
    const preview = succeeded(await story.mig(["downgrade", "--batch", "--dry-run", "--json"]));
    expect(preview.json()).toMatchObject({
      dryRun: true,
      steps: [{ revision: "b1" }, { revision: "a1" }],
    });
    expect(await story.heads()).toEqual(["b1"]);
    succeeded(await story.mig(["downgrade", "--batch"]));
    expect(await story.heads()).toEqual([]);
  });

  test("with --transaction all it is undone whole or not at all", async () => {
    const story = await place.begin({
      ...files,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        downgrade: 'op.execute("SELECT nothing FROM nowhere");',
      }),
    });
    succeeded(await story.mig(["upgrade"]));
    const args = ["downgrade", "--batch", "--transaction", "all", "--json"];
    expect(errorOf(await story.mig(args))).toMatchObject({ code: "REVISION_FAILED" });
    expect(await story.heads()).toEqual(["c1"]);
    expect(await story.rows("SELECT count(*) AS rows FROM of_c1")).toHaveLength(1);
  });

  test("what was stamped on top is in no batch, and keeps what it needs", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade", "b1"]));
    succeeded(await story.mig(["stamp", "c1"]));
    expect(errorOf(await story.mig(["downgrade", "--batch", "--json"]))).toMatchObject({
      code: "BATCH_IN_USE",
      message: "batch 1 cannot be undone alone: c1 is applied, not in it, and needs b1",
    });
    expect(await story.heads()).toEqual(["c1"]);
  });

  test("reset undoes everything and runs it again, as one batch", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade", "b1"]));
    await story.rows("INSERT INTO of_a1 VALUES (1)");
    const done = succeeded(await story.mig(["reset", "--json"]));
    expect(done.json()).toMatchObject({ current: ["c1"] });
    expect(await story.log()).toEqual([
      "up a1",
      "up b1",
      "down b1",
      "down a1",
      "up a1",
      "up b1",
      "up c1",
    ]);
    expect(await story.rows("SELECT id FROM of_a1")).toEqual([]);
    succeeded(await story.mig(["downgrade", "--batch"]));
    expect(await story.heads()).toEqual([]);
  });
});

forEachDatabase((place) => {
  test("reset in one transaction leaves everything as it was when a revision fails", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade"]));
    await story.rows("INSERT INTO of_a1 VALUES (1)");
    succeeded(await story.mig(["reset", "--dry-run"]));
    story.write({ "versions/c.ts": table("c1", "b1").replaceAll("of_c1", "of_a1") });
    const failure = await story.mig(["reset", "--transaction", "all", "--json"]);
    expect(errorOf(failure)).toMatchObject({ state: expect.stringContaining("still at c1") });
    expect(await story.rows("SELECT id FROM of_a1")).toEqual([{ id: 1 }]);
    story.write({ "versions/c.ts": files["versions/c.ts"] });
    succeeded(await story.mig(["reset", "--transaction", "all"]));
    expect(await story.rows("SELECT id FROM of_a1")).toEqual([]);
    expect(await story.mig(["verify"])).toMatchObject({ code: 0 });
  });
});

const guarded = (member: string) =>
  createProject({
    ...revisions({ a: null }),
    "migrator.config.ts": `export default { environments: { live: { url: "sqlite:live.db", ${member}: true } } };\n`,
  });

test("reset never runs in a protected environment, and not in a read-only one", async () => {
  for (const args of [["reset"], ["reset", "--yes"]]) {
    await refuses(guarded("protected"), args, {
      code: "PROTECTED_FROM_RESET",
      says: 'error: environment "live" is protected, and reset never runs there\nhelp: choose another environment with -n; what is meant for this one is `mig downgrade` or a new revision',
    });
  }
  const { stderr, code } = await guarded("readOnly").mig(["reset"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('"live" is read-only')]);
});

test("downgrade takes a target or --batch", async () => {
  const project = createProject(revisions({ a: null }));
  for (const args of [[], ["-1", "--batch"], ["--batch", "--sql"]])
    expect(await project.mig(["downgrade", ...args])).toMatchObject({ code: 2 });
});
