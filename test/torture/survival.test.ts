/** What survives a change, made as mig chooses, and made by a script. */
import { expect } from "vitest";
import type { Contents } from "../support/contents.ts";
import { tortureCases } from "./cases.ts";
import { refusalOf } from "./scene.ts";
import { shown } from "./shown.ts";
import { sceneFor, survivals, survives } from "./survival.ts";

tortureCases("what survives a change of its table", survivals, async (it) => {
  const scene = await sceneFor(it);
  if (it.refused !== undefined) {
    expect(await refusalOf(scene)).toContain(it.refused);
    return;
  }
  const end = await survives(it, scene);
  const byScript = await sceneFor(it);
  await byScript.runScript();
  const lost = it.feature.lostByScript ?? [];
  expect(without(lost, shown(byScript.contents()))).toEqual(without(lost, end));
});

function without(tables: readonly string[], { rows, ...others }: Contents): Contents {
  return {
    ...others,
    rows: Object.fromEntries(Object.entries(rows).filter(([name]) => !tables.includes(name))),
  };
}
