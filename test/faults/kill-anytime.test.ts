/** SIGKILL at any moment, many times over: whatever was interrupted, the history ends as if nothing had been. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { copyExample, forEachDatabase, type Story, succeeded } from "../support/story.ts";
import { faults } from "./cases.ts";

/** How often each revision is applied by the log: ups less downs that succeeded. */
async function applied(story: Story): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const line of await story.log()) {
    const [direction = "", revision = "", outcome] = line.split(" ");
    if (outcome === undefined)
      counts.set(revision, (counts.get(revision) ?? 0) + (direction === "up" ? 1 : -1));
  }
  return counts;
}

forEachDatabase((place) => {
  faults("runs up and down are killed at every tenth of their time", async ({ plan, ran }) => {
    plan(18);
    const story = await place.begin();
    copyExample(story);
    const started = performance.now();
    succeeded(await story.mig(["upgrade", "head"]));
    const whole = performance.now() - started;
    const schema = await story.schema();

    for (let tenth = 1; tenth <= 9; tenth++) {
      for (const args of [
        ["downgrade", "base"],
        ["upgrade", "head"],
      ]) {
        const running = story.start(args);
        await sleep((whole * tenth) / 10);
        await running.kill();
        ran();
      }
      const counts = [...(await applied(story)).values()];
      expect(counts.every((times) => times === 0 || times === 1)).toBe(true);
    }
    succeeded(await story.mig(["upgrade", "head"]));
    expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
    expect(await story.schema()).toBe(schema);
    const counts = await applied(story);
    expect(counts.size).toBe(10);
    expect([...counts.values()]).toEqual(Array(10).fill(1));
    succeeded(await story.mig(["downgrade", "base"]));
    expect(await story.schema()).toBe("");
  });
});
