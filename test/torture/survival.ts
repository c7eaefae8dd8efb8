/** Every feature of a table under every change: what is not changed is there afterwards. */
import { expect } from "vitest";
import type { Contents } from "../support/contents.ts";
import type { Scripts } from "../support/history.ts";
import { before, type Change, changes, type Marks, marked } from "./changes.ts";
import type { Feature } from "./features/feature.ts";
import { definitionOf, features, rowsOf } from "./features.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { plain, shown } from "./shown.ts";

export interface Survival {
  readonly feature: Feature;
  readonly change: Change;
  readonly text: Partial<Marks>;
  readonly refused: string | undefined;
}

const cases: Record<string, Survival> = {};
for (const [what, feature] of Object.entries(features)) {
  for (const [how, change] of Object.entries(changes)) {
    cases[`${what}: ${how}`] = {
      feature,
      change,
      text: change.textOf?.[what] ?? change.text,
      refused: change.refused?.[what],
    };
  }
}

export const survivals: Readonly<Record<string, Survival>> = cases;

/** A database with the feature, and a history that makes the change. */
export function sceneFor({ feature, change }: Survival, scripts: Scripts = change): Promise<Scene> {
  const definition = definitionOf(feature, marked(feature.table, before));
  return sceneOf({ definition, rows: rowsOf(feature) }, scripts);
}

/** Up and down again on the database of `scene`: all is there, each time. Gives what was there in between. */
export async function survives(it: Survival, scene: Scene): Promise<Contents> {
  const start = scene.contents();
  const end = changed(start, it);
  await scene.upgrade();
  expect(shown(scene.contents())).toEqual(end);
  if (it.change.down) {
    await scene.downgrade();
    expect(shown(scene.contents())).toEqual(shown(start));
  }
  return end;
}

/** What is in a database after `change`, which had `start` in it. */
function changed(start: Contents, { feature, change, text }: Survival): Contents {
  const { schema, rows, ...others } = shown(start);
  const { row = (it) => it } = change;
  return {
    ...others,
    schema: { ...schema, "table p": plain(marked(feature.table, text)) },
    rows: { ...rows, p: (rows.p ?? []).map(row) },
  };
}
