/** What would lose something is refused, and leaves the database as it was. */
import { expect } from "vitest";
import { tortureCases } from "./cases.ts";
import { byRows } from "./refused/rows.ts";
import { bySchema } from "./refused/schema.ts";
import { refusalOf, sceneOf } from "./scene.ts";

tortureCases("what is refused", { ...byRows, ...bySchema }, async (it) => {
  const scene = await sceneOf(it, it);
  expect(await refusalOf(scene)).toContain(it.refused);
  // It is refused as often as it is tried: nothing was left behind that changes the answer.
  expect(await refusalOf(scene)).toContain(it.refused);
});
