/** Twenty pods that start at the same moment: each revision runs once, and all of them end well. */
import { expect } from "vitest";
import { copyExample, forEachDatabase, succeeded } from "../support/story.ts";
import { fault } from "./cases.ts";

const processes = 20;

forEachDatabase((place) => {
  fault(
    "twenty at once",
    async () => {
      const whole = await place.begin();
      copyExample(whole);
      succeeded(await whole.mig(["upgrade", "head"]));

      const story = await place.begin();
      copyExample(story);
      const all = Array.from({ length: processes }, () => story.start(["upgrade", "head"]));
      for (const { ended } of all) succeeded(await ended);
      expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
      expect(await story.schema()).toBe(await whole.schema());
      expect((await story.log()).toSorted()).toEqual((await whole.log()).toSorted());
    },
    180_000,
  );
});
