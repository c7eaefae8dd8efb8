/** The same, where every change is made by a copy of the table, needed or not. */
import { expect } from "vitest";
import { tortureCases } from "./cases.ts";
import { copying } from "./copying.ts";
import { refusalOf } from "./scene.ts";
import { sceneFor, survivals, survives } from "./survival.ts";

tortureCases("what survives a copy of its table", survivals, async (it) => {
  const scene = await sceneFor(it, copying(it.change));
  if (it.refused === undefined) await survives(it, scene);
  else expect(await refusalOf(scene)).toContain(it.refused);
});
