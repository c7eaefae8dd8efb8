/** What no longer fits together after it ran: found by verify, stopped by upgrade, settled by repair. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import {
  beginOnSqlite,
  copyExample,
  errorOf,
  forEachDatabase,
  type Story,
  succeeded,
} from "../support/story.ts";

const files = {
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade: 'op.createTable("people", [t.integer("id", { notNull: true })]);',
    downgrade: 'op.dropTable("people");',
  }),
  "versions/b.ts": revisionFile({
    revision: "b1",
    down: "a1",
    upgrade: 'op.addColumn("people", t.text("name"));',
    downgrade: 'op.dropColumn("people", "name");',
  }),
};

const broken = revisionFile({
  revision: "c1",
  down: "b1",
  upgrade: 'op.execute("SELECT nothing FROM nowhere");',
});

interface Found {
  readonly findings: readonly { readonly kind: string; readonly revision: string | null }[];
}

/** The findings, as "kind revision", and the code that verify ended with. */
async function verified(story: Story) {
  const result = await story.mig(["verify", "--json"]);
  const { findings } = result.json<Found>();
  expect(result.code).toBe(findings.length === 0 ? 0 : 1);
  return findings.map(({ kind, revision }) => `${kind} ${revision}`);
}

function change(story: Story, file: string): string {
  const before = story.read(file);
  story.write({ [file]: before.replace("import", "// changed\nimport") });
  return before;
}

function remove(story: Story, file: string): void {
  rmSync(join(story.folder, file));
}

forEachDatabase((place) => {
  test("white space and comments at the ends of lines are no change", async () => {
    const story = await place.begin({
      ...files,
      "versions/c.sql":
        "-- revision: c1\n-- down-revision: b1\nCREATE TABLE c (id integer);\n-- DOWN\nDROP TABLE c;\n",
    });
    succeeded(await story.mig(["upgrade"]));
    const edited = (file: string, comment: string) =>
      story.write({
        [file]: story.read(file).replaceAll(/;$/gm, `; ${comment}  `).replaceAll("\n", "\r\n"),
      });
    edited("versions/a.ts", "// as agreed");
    edited("versions/b.ts", "/* as agreed */");
    edited("versions/c.sql", "-- as agreed");
    expect(await verified(story)).toEqual([]);
    expect(succeeded(await story.mig(["upgrade"])).stderr).toBe("already up to date\n");
  });

  test("a changed file is noticed with nothing to run, whatever was known before", async () => {
    const story = await place.begin(files);
    const upgrade = () => story.mig(["upgrade", "--json"]);
    succeeded(await upgrade());
    for (let time = 0; time < 2; time += 1) {
      succeeded(await upgrade());
      const before = change(story, "versions/a.ts");
      expect(errorOf(await upgrade())).toMatchObject({ code: "REVISION_MODIFIED", revision: "a1" });
      expect(errorOf(await upgrade())).toMatchObject({ code: "REVISION_MODIFIED", revision: "a1" });
      succeeded(await story.mig(["upgrade", "--allow-modified"]));
      expect(errorOf(await upgrade())).toMatchObject({ code: "REVISION_MODIFIED" });
      story.write({ "versions/a.ts": before });
    }
    // What was accepted is known to the log alone.
    change(story, "versions/b.ts");
    succeeded(await story.mig(["repair", "--accept", "b1", "--reason", "a comment"]));
    succeeded(await upgrade());
    succeeded(await upgrade());
  });

  test("nothing is found where nothing is wrong, and nothing is created", async () => {
    const story = await place.begin(files);
    expect(await verified(story)).toEqual([]);
    if (place.dialect === "sqlite") expect(story.list(".")).not.toContain("data");
    succeeded(await story.mig(["upgrade"]));
    succeeded(await story.mig(["downgrade", "-1"]));
    const { stdout, code } = await story.mig(["verify"]);
    expect([stdout, code]).toEqual(["files, log and version table agree\n", 0]);
  });

  test("a file that changed after it ran stops upgrade, until it is accepted", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade", "a1"]));
    change(story, "versions/a.ts");
    const error = errorOf(await story.mig(["upgrade", "--json"]));
    expect(error).toMatchObject({
      code: "REVISION_MODIFIED",
      revision: "a1",
      location: "versions/a.ts",
      state: "nothing was run",
    });
    expect(error.message).toMatch(
      /^versions\/a\.ts changed after revision a1 was applied \(\d{4}-.*Z\): its checksum was [0-9a-f]{64} and is [0-9a-f]{64}$/,
    );
    expect(error.help).toContain("mig repair --accept a1");
    expect(errorOf(await story.mig(["upgrade", "--dry-run", "--json"]))).toMatchObject({
      code: "REVISION_MODIFIED",
    });
    expect(await story.heads()).toEqual(["a1"]);
    expect(await verified(story)).toEqual(["modified a1"]);

    const args = ["repair", "--accept", "a", "--reason", "only a comment", "--json"];
    expect(succeeded(await story.mig(args)).json()).toEqual({
      dialect: place.dialect,
      repairs: [{ action: "accept", revision: "a1", reason: "only a comment" }],
      current: ["a1"],
    });
    expect(await verified(story)).toEqual([]);
    succeeded(await story.mig(["upgrade"]));
    expect(await story.log()).toEqual(["up a1", "accept a1", "up b1"]);
    expect((await story.mig(["status", "--json"])).json()).toMatchObject({
      revisions: [{ state: "applied", batch: 1 }, { state: "applied" }],
    });
    expect(errorOf(await story.mig(args))).toMatchObject({ code: "NOTHING_TO_REPAIR" });
  });

  test("--allow-modified goes on with a warning; blanks and line ends are no change", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade", "a1"]));
    const before = change(story, "versions/a.ts");
    const { stderr } = succeeded(await story.mig(["upgrade", "--allow-modified"]));
    expect(stderr).toContain("changed since applied: versions/a.ts");
    expect(await story.heads()).toEqual(["b1"]);
    story.write({ "versions/a.ts": before.replaceAll("\n", "  \r\n") });
    expect(await verified(story)).toEqual([]);
    succeeded(await story.mig(["upgrade"]));
  });

  test("a revision that failed is found, shown with its error, and pending once it is handled", async () => {
    const story = await place.begin({ ...files, "versions/c.ts": broken });
    const failure = errorOf(await story.mig(["upgrade", "--json"]));
    expect(await verified(story)).toEqual(["failed c1"]);
    const shown = await story.mig(["status"]);
    expect(shown.stdout).toContain("failed    c1  c1\n          revision c1 failed:");
    const { revisions } = (await story.mig(["status", "--json"])).json<{
      revisions: readonly Record<string, string>[];
    }>();
    expect(revisions[2]).toMatchObject({ state: "failed", error: failure.message });
    succeeded(await story.mig(["repair", "--handled", "c1", "--reason", "looked at it"]));
    expect(await verified(story)).toEqual([]);
    expect((await story.mig(["status", "--json"])).json()).toMatchObject({
      revisions: [{}, {}, { state: "pending" }],
    });
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1 failed", "handled c1"]);
  });

  test("after --handled a revision without a transaction starts anew", async () => {
    const half = (last: string) =>
      revisionFile({
        revision: "c1",
        down: "b1",
        header: "export const transaction = false;",
        upgrade: `op.execute("CREATE TABLE half (id integer)"); op.execute("${last}");`,
      });
    const story = await place.begin({ ...files, "versions/c.ts": half("SELECT nothing") });
    expect(await story.mig(["upgrade"])).toMatchObject({ code: 1 });
    await story.rows("DROP TABLE half");
    story.write({ "versions/c.ts": half("INSERT INTO half VALUES (1)") });
    succeeded(await story.mig(["repair", "--handled", "c1", "--reason", "dropped half"]));
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT id FROM half")).toEqual([{ id: 1 }]);
  });

  test("an applied revision that has no file any more is forgotten, and what it followed is current", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade"]));
    remove(story, "versions/b.ts");
    expect(await verified(story)).toEqual(["unknown-head b1"]);
    const done = succeeded(await story.mig(["repair", "--forget", "b1", "--reason", "gone"]));
    expect(done).toMatchObject({ stdout: "forget     b1\n", stderr: "the database is at a1\n" });
    expect(await verified(story)).toEqual([]);
    expect(await story.heads()).toEqual(["a1"]);
    expect((await story.mig(["current", "--json"])).json()).toMatchObject({ current: ["a1"] });
  });

  test("one that was cut out of the middle is missing, too", async () => {
    const story = await place.begin({
      ...files,
      "versions/c.ts": revisionFile({ revision: "c1", down: "b1" }),
    });
    succeeded(await story.mig(["upgrade"]));
    remove(story, "versions/b.ts");
    expect(await verified(story)).toEqual(["graph c1"]);
    story.write({ "versions/c.ts": story.read("versions/c.ts").replace('"b1"', '"a1"') });
    expect(await verified(story)).toEqual(["missing b1", "modified c1"]);
    const both = ["--forget", "b1", "--accept", "c1", "--reason", "cut out"];
    succeeded(await story.mig(["repair", ...both]));
    expect(await verified(story)).toEqual([]);
    expect(await story.heads()).toEqual(["c1"]);
  });

  test("a version table that somebody changed does not fit the log; a stamp settles it", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade"]));
    await story.rows("UPDATE mig_version SET version_num = 'a1'");
    expect(await verified(story)).toEqual(["not-applied b1"]);
    succeeded(await story.mig(["stamp", "b1"]));
    expect(await verified(story)).toEqual([]);
    succeeded(await story.mig(["downgrade", "-1"]));
    await story.rows("UPDATE mig_version SET version_num = 'b1'");
    expect(await verified(story)).toEqual(["not-undone b1"]);
    await story.rows("INSERT INTO mig_version VALUES ('a1')");
    expect(await verified(story)).toContain("overlapping-heads null");
    succeeded(await story.mig(["stamp", "--purge", "base"]));
    expect(await verified(story)).toEqual([]);
  });

  test("a repair that is asked for in vain changes nothing", async () => {
    const story = await place.begin(files);
    for (const [option, message] of [
      ["--accept", 'revision "a1" is not applied with a file that changed since'],
      ["--handled", 'the last run of revision "a1" did not fail'],
      ["--forget", 'revision "a1" is not applied without having a file'],
    ] as const) {
      const error = errorOf(
        await story.mig(["repair", option, "a1", "--reason", "why not", "--json"]),
      );
      expect(error).toMatchObject({ code: "NOTHING_TO_REPAIR", message });
    }
    if (place.dialect === "sqlite") expect(story.list(".")).not.toContain("data");
    for (const args of [
      ["--reason", "x"],
      ["--accept", "a1"],
      ["--accept", "a1", "--reason", " "],
    ])
      expect(await story.mig(["repair", ...args])).toMatchObject({ code: 2 });
  });

  test("nothing is found in the example, wherever it is in its history, and by whatever way it came there", async () => {
    const story = await place.begin();
    copyExample(story);
    for (const way of [
      ["upgrade", "0001"],
      ["upgrade", "heads"],
      ["downgrade", "-1"],
    ]) {
      succeeded(await story.mig(way));
      expect(await verified(story)).toEqual([]);
    }
    succeeded(await story.mig(["upgrade", "heads"]));
    succeeded(await story.mig(["stamp", "--purge", "0001"]));
    expect(await verified(story)).toEqual([]);
    succeeded(await story.mig(["stamp", "base"]));
    expect(await verified(story)).toEqual([]);
    expect(await story.log()).toContain("stamp base");
  });
});

test("where git knows what ran, the refusal says how to see what changed", async () => {
  const story = await beginOnSqlite({ ...files, ".gitignore": "node_modules\ndata\n" });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: story.folder,
      encoding: "utf8",
    });
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "as it ran");
  const commit = git("log", "-1", "--format=%h").trim();
  succeeded(await story.mig(["upgrade"]));
  change(story, "versions/a.ts");
  git("commit", "-qam", "changed");
  const { help = "" } = errorOf(await story.mig(["upgrade", "--json"]));
  expect(help).toMatch(
    new RegExp(`^.git diff ${commit} -- versions/a\\.ts. shows what changed; put`),
  );
  expect(git("diff", commit, "--", "versions/a.ts")).toContain("+// changed");
});
