/** A version table that cannot be right: nothing is run, and it is said what to do. */
import { expect } from "vitest";
import {
  copyExample,
  errorOf,
  forEachDatabase,
  type Place,
  type Story,
  succeeded,
} from "../support/story.ts";
import { fault } from "./cases.ts";

const commands = [
  ["upgrade", "head"],
  ["downgrade", "base"],
  ["upgrade", "head", "--transaction", "all"],
];

async function atHead(place: Place): Promise<Story> {
  const story = await place.begin();
  copyExample(story);
  succeeded(await story.mig(["upgrade", "head"]));
  return story;
}

/** Every command refuses alike, and leaves all as it was. */
async function refused(story: Story, error: Record<string, unknown>): Promise<void> {
  const before = await story.schema();
  const log = await story.log();
  for (const command of commands)
    expect(errorOf(await story.mig([...command, "--json"]))).toMatchObject(error);
  expect(await story.schema()).toBe(before);
  expect(await story.log()).toEqual(log);
}

forEachDatabase((place) => {
  fault("with a revision that no file has", async () => {
    const story = await atHead(place);
    await story.exec("UPDATE mig_version SET version_num = 'f00f00f00f00'");
    await refused(story, {
      code: "UNKNOWN_CURRENT_REVISION",
      message: expect.stringContaining("f00f00f00f00"),
    });
    succeeded(await story.mig(["stamp", "head", "--purge"]));
    expect((await story.mig(["upgrade"])).stderr).toBe("already up to date\n");
  });

  fault("with a revision and one below it", async () => {
    const story = await atHead(place);
    await story.exec("INSERT INTO mig_version VALUES ('7c1e5b0f9a32')");
    await refused(story, {
      code: "OVERLAPPING_HEADS",
      message: expect.stringContaining("7c1e5b0f9a32"),
    });
    succeeded(await story.mig(["stamp", "head", "--purge"]));
    expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
  });

  for (const [how, sql] of [
    ["missing", "DROP TABLE mig_version"],
    ["empty", "DELETE FROM mig_version"],
  ] as const) {
    fault(`that is ${how} while the log tells of runs`, async () => {
      const story = await atHead(place);
      await story.exec(sql);
      await refused(story, {
        code: "VERSION_TABLE_LOST",
        message: `the version table is ${how}, and by the log 10 revisions are applied, f1c0a8d2e47b last`,
        help: expect.stringContaining("mig stamp"),
        state: "nothing was run",
      });
      succeeded(await story.mig(["stamp", "f1c0a8d2e47b"]));
      expect((await story.mig(["upgrade"])).stderr).toBe("already up to date\n");
    });
  }

  fault("that was emptied with the database: a stamp says so, and all runs anew", async () => {
    const story = await atHead(place);
    succeeded(await story.mig(["downgrade", "base"]));
    await story.exec("DROP TABLE mig_version");
    // By the log nothing is applied either.
    succeeded(await story.mig(["upgrade", "head"]));
    expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
  });
});
