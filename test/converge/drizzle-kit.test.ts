/** A database that drizzle-kit made is what the schema says, whichever version made it and whichever reads it. */
import { expect, test } from "vitest";
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

forEachDatabase(({ begin }) => {
  async function isClean(story: Story, readers: readonly Version[]): Promise<void> {
    for (const version of readers) {
      install(story, version);
      expect({ version, found: await differences(story) }).toEqual({ version, found: [] });
    }
  }

  const both = Object.keys(versions) as Version[];

  test("made by what drizzle-kit 0.31 generates", async () => {
    const story = await begin();
    useSchema(story, {});
    await migrated(story);
    await isClean(story, both);
  });

  // Without objects.ts: it makes policies without their conditions.
  test("made by drizzle-kit 0.31 push", async () => {
    const story = await begin();
    useSchema(story, { files: ["keys.ts", "values.ts", "indexes.ts"] });
    await pushed(story);
    await isClean(story, both);
  });

  test("made by drizzle-kit 0.31, with the config's casing", async () => {
    const story = await begin();
    useSchema(story, { suffix: "-casing", casing: "snake_case" });
    await migrated(story);
    await isClean(story, ["0.45"]);
  });

  test("made by what drizzle-kit 1.0.0-rc.5 generates", async () => {
    const story = await begin();
    useSchema(story, {});
    await migratedByV1(story, {});
    await isClean(story, both);
  });

  test("made by drizzle-kit 1.0.0-rc.5, with what 0.45 cannot say", async () => {
    const story = await begin();
    const fixture = { suffix: "-1.0" };
    useSchema(story, fixture);
    await migratedByV1(story, fixture);
    await isClean(story, ["1.0"]);
  });
});
