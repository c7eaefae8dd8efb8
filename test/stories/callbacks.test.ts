/** What a project does around its runs, and what becomes of a run when that fails. */
import { expect, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import { errorOf, forEachDatabase, type Story, succeeded } from "../support/story.ts";

const table = (revision: string, down: string | null) =>
  revisionFile({
    revision,
    down,
    message: `Make ${revision}`,
    upgrade: `op.createTable("of_${revision}", [t.integer("id")]);`,
    downgrade: `op.dropTable("of_${revision}");`,
  });

const names = ["beforeRun", "beforeRevision", "afterRevision", "afterRun", "onError"] as const;

/** Each callback writes down what it is told, and throws where THROW names it: "beforeRevision b1". */
const config = `import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { defineConfig } from "drizzle-mig";

const callback = (name: string) => async (told: object) => {
  await sleep(1);
  appendFileSync("told.jsonl", JSON.stringify({ name, ...told }) + "\\n");
  const { revision = "" } = told as { revision?: string };
  if (\`\${name} \${revision}\`.trim() === process.env.THROW) throw new Error(\`no \${name}\`);
};

export default defineConfig({
  environments: { dev: { url: process.env.DATABASE_URL } },
  ${names.map((name) => `${name}: callback("${name}"),`).join("\n  ")}
});
`;

const files = {
  "migrator.config.ts": config,
  "versions/a.ts": table("a1", null),
  "versions/b.ts": table("b1", "a1"),
};

interface Told {
  readonly name: string;
  readonly revision?: string;
  readonly [member: string]: unknown;
}

function told(story: Story): readonly Told[] {
  const lines = story.list(".").includes("told.jsonl") ? story.read("told.jsonl").trim() : "";
  return lines === "" ? [] : lines.split("\n").map((line) => JSON.parse(line) as Told);
}

/** "beforeRevision a1". */
function order(story: Story): readonly string[] {
  return told(story).map(({ name, revision = "" }) => `${name} ${revision}`.trim());
}

const throwing = (at: string) => ({ env: { THROW: at } });

forEachDatabase((place) => {
  test("each is told in its turn, and of what", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade", "--dry-run"]));
    succeeded(await story.mig(["upgrade", "--sql"]));
    expect(told(story)).toEqual([]);
    succeeded(await story.mig(["upgrade"]));
    expect(order(story)).toEqual([
      "beforeRun",
      "beforeRevision a1",
      "afterRevision a1",
      "beforeRevision b1",
      "afterRevision b1",
      "afterRun",
    ]);
    const about = {
      command: "upgrade",
      dialect: place.dialect,
      environment: "dev",
      transaction: "each",
    };
    const a1 = { direction: "up", revision: "a1", message: "Make a1", file: "versions/a.ts" };
    const b1 = { direction: "up", revision: "b1", message: "Make b1", file: "versions/b.ts" };
    const ms = expect.any(Number);
    expect(told(story)).toEqual([
      { name: "beforeRun", ...about, steps: [a1, b1] },
      { name: "beforeRevision", ...about, ...a1, index: 0, count: 2 },
      { name: "afterRevision", ...about, ...a1, index: 0, count: 2, ms },
      { name: "beforeRevision", ...about, ...b1, index: 1, count: 2 },
      { name: "afterRevision", ...about, ...b1, index: 1, count: 2, ms },
      {
        name: "afterRun",
        ...about,
        steps: [
          { ...a1, ms },
          { ...b1, ms },
        ],
        ms,
      },
    ]);
    // Nothing to do, nothing to tell.
    succeeded(await story.mig(["upgrade"]));
    expect(told(story)).toHaveLength(6);
  });

  test("in one transaction, afterRevision waits for its end", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade"]));
    story.write({ "told.jsonl": "" });
    succeeded(await story.mig(["downgrade", "base", "--transaction", "all"]));
    expect(order(story)).toEqual([
      "beforeRun",
      "beforeRevision b1",
      "beforeRevision a1",
      "afterRevision b1",
      "afterRevision a1",
      "afterRun",
    ]);
    expect(told(story)[1]).toMatchObject({ command: "downgrade", direction: "down" });
  });

  test.each([
    ["beforeRun", [], "nothing was run; the database is at base"],
    ["beforeRevision b1", ["a1"], "revision b1 was not run; the database is at a1"],
    ["afterRevision a1", ["a1"], "revision a1 is applied and stays so; the database is at a1"],
    ["afterRun", ["a1", "b1"], "everything was run and stays; the database is at b1"],
  ])("one that throws ends the run: %s", async (at, ran, state) => {
    const story = await place.begin(files);
    const [name = ""] = at.split(" ");
    const failure = errorOf(await story.mig(["upgrade", "--json"], throwing(at)));
    expect(failure).toMatchObject({
      code: "CALLBACK_FAILED",
      message: `\`${name}\` of the config threw: no ${name}`,
      help: `correct \`${name}\`, then run again`,
      location: "migrator.config.ts:9:65",
      state,
    });
    expect(order(story).at(-1)).toMatch(/^onError/);
    const steps = ran.map((revision) => ({ direction: "up", revision }));
    expect(told(story).at(-1)).toMatchObject({ error: failure, steps });
    if (at !== "beforeRun") expect(await story.heads()).toEqual(ran.slice(-1));
    // Nothing is lost: the next run goes on.
    succeeded(await story.mig(["upgrade"]));
    expect(await story.heads()).toEqual(["b1"]);
    expect(await story.log()).toEqual(["up a1", "up b1"]);
    expect(succeeded(await story.mig(["verify"])).code).toBe(0);
  });

  test("one that throws in a run that is one transaction undoes all of it, until that is committed", async () => {
    const story = await place.begin(files);
    const all = ["upgrade", "--transaction", "all", "--json"];
    expect(errorOf(await story.mig(all, throwing("beforeRevision b1")))).toMatchObject({
      code: "CALLBACK_FAILED",
      revision: "b1",
      state: "the whole run was rolled back; the database is at base",
    });
    expect(await story.heads()).toEqual([]);
    expect(told(story).at(-1)).toMatchObject({ name: "onError", steps: [] });
    expect(errorOf(await story.mig(all, throwing("afterRevision a1")))).toMatchObject({
      state: "revision a1 is applied and stays so; the database is at b1",
    });
    expect(told(story).at(-1)).toMatchObject({ steps: [{ revision: "a1" }, { revision: "b1" }] });
    expect(await story.log()).toEqual(["up a1", "up b1"]);
  });

  test("onError is told what a run failed of, and cannot hide it", async () => {
    const story = await place.begin({
      ...files,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade: 'op.execute("SELECT nothing FROM nowhere");',
      }),
    });
    const failure = errorOf(await story.mig(["upgrade", "--json"], throwing("onError")));
    expect(failure).toMatchObject({
      code: "REVISION_FAILED",
      revision: "b1",
      statement: "SELECT nothing FROM nowhere",
      help: "correct the revision and run it again; `onError` of the config threw, too: no onError",
    });
    expect(told(story).at(-1)).toMatchObject({
      ...{ name: "onError", command: "upgrade", environment: "dev", transaction: "each" },
      error: { code: "REVISION_FAILED", revision: "b1", state: failure.state },
      steps: [{ direction: "up", revision: "a1" }],
    });
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
  });
});
