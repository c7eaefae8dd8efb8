/** A database that drizzle-kit made is what the schema says, whichever version made it and whichever reads it. */
import { describe, expect, test } from "vitest";
import { forEachDatabase, type Story } from "../support/story.ts";
import {
  differences,
  install,
  migrated,
  migratedByV1,
  pushed,
  useSchema,
  type Version,
  versions,
} from "./drizzle-kit-support.ts";

const tables = ["keys.ts", "values.ts", "indexes.ts"];
const all = { sqlite: tables, postgresql: [...tables, "objects.ts"] };

forEachDatabase(({ dialect, begin }) => {
  /** Read with either version, the one as well as the other. */
  async function isClean(story: Story): Promise<void> {
    const found: Partial<Record<Version, readonly string[]>> = {};
    for (const version of Object.keys(versions) as Version[]) {
      install(story, version);
      found[version] = await differences(story);
    }
    expect(found).toEqual({ "0.45": [], "1.0": [] });
  }

  describe("made by", () => {
    test("what drizzle-kit 0.31 generates", async () => {
      const story = await begin();
      useSchema(story, all[dialect]);
      await migrated(story);
      await isClean(story);
    });

    // Without objects.ts: it makes policies without their conditions.
    test("drizzle-kit 0.31 push", async () => {
      const story = await begin();
      useSchema(story, tables);
      await pushed(story);
      await isClean(story);
    });

    test("what drizzle-kit 1.0.0-rc.5 generates", async () => {
      const story = await begin();
      useSchema(story, all[dialect]);
      await migratedByV1(story);
      await isClean(story);
    });
  });
});
