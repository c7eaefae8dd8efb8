/** A version table that cannot be right: nothing is run, and it is said what to do. */
import { expect } from "vitest";
import { copyExample, errorOf, forEachDatabase, type Story, succeeded } from "../support/story.ts";
import { faults } from "./cases.ts";

const commands = [
  ["upgrade", "head"],
  ["downgrade", "base"],
  ["upgrade", "head", "--transaction", "all"],
];

interface Broken {
  readonly sql: string;
  readonly error: Record<string, unknown>;
  /** What mends it. */
  readonly stamp: readonly string[];
}

const lost = (how: string) => ({
  code: "VERSION_TABLE_LOST",
  message: `the version table is ${how}, and by the log revision f1c0a8d2e47b is applied`,
  help: expect.stringContaining("mig stamp f1c0a8d2e47b"),
  state: "nothing was run",
});

const cases: readonly Broken[] = [
  {
    sql: "UPDATE mig_version SET version_num = 'f00f00f00f00'",
    error: {
      code: "UNKNOWN_CURRENT_REVISION",
      message: expect.stringContaining("f00f00f00f00"),
    },
    stamp: ["head", "--purge"],
  },
  {
    sql: "INSERT INTO mig_version VALUES ('7c1e5b0f9a32')",
    error: { code: "OVERLAPPING_HEADS", message: expect.stringContaining("7c1e5b0f9a32") },
    stamp: ["head", "--purge"],
  },
  { sql: "DELETE FROM mig_version", error: lost("empty"), stamp: ["head"] },
  { sql: "DROP TABLE mig_version", error: lost("missing"), stamp: ["head"] },
];

/** The commands refuse alike, and leave all as it was. */
async function refused(story: Story, { error }: Broken, at: number): Promise<void> {
  const before = [await story.schema(), await story.log()];
  // One command tells as much as the other: each case has the first, and another one.
  for (const command of [commands[0], commands[1 + (at % 2)]])
    expect(errorOf(await story.mig([...(command ?? []), "--json"]))).toMatchObject(error);
  expect([await story.schema(), await story.log()]).toEqual(before);
}

forEachDatabase((place) => {
  faults("with what cannot be, or gone while the log tells of runs", async ({ plan, ran }) => {
    plan(cases.length + 1);
    const story = await place.begin();
    copyExample(story);
    succeeded(await story.mig(["upgrade", "head"]));
    for (const [at, broken] of cases.entries()) {
      await story.exec(broken.sql);
      await refused(story, broken, at);
      succeeded(await story.mig(["stamp", ...broken.stamp]));
      expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
      ran();
    }
    succeeded(await story.mig(["downgrade", "base"]));
    await story.exec("DROP TABLE mig_version");
    // By the log nothing is applied either.
    succeeded(await story.mig(["upgrade", "head"]));
    expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
    ran();
  });
});
