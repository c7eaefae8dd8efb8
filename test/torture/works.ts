/** Whether a change does what it says, and nothing else: by a run, back again, and by a script. */
import { expect } from "vitest";
import type { Contents } from "../support/contents.ts";
import { type Scene, sceneOf, type Work } from "./scene.ts";
import { shown } from "./shown.ts";

/** Make the change of `it` and take it back. */
export async function works(it: Work): Promise<void> {
  const scene = await sceneOf(it, it);
  const start = scene.contents();
  await scene.upgrade();
  const end = scene.contents();
  expectHeld(it, start, end);
  for (const [query, found] of Object.entries(it.finds ?? {}))
    expect([query, one(scene, query)]).toEqual([query, found]);
  if (it.down) {
    await scene.downgrade();
    expect(shown(scene.contents())).toEqual(shown(start));
  }
  if (it.hasWork) return;
  const byScript = await sceneOf(it, it);
  await byScript.runScript();
  expect(shown(byScript.contents())).toEqual(shown(end));
}

/** Rows that are not meant to change are there, whatever their table is called by now. */
function expectHeld({ changesRows = [] }: Work, start: Contents, end: Contents): void {
  for (const [name, held] of Object.entries(start.rows)) {
    if (changesRows.includes(name) || name === "sqlite_sequence") continue;
    const now = end.rows[name] ?? end.rows["quite new"] ?? end.rows.P ?? end.rows.q;
    expect(now?.map(Object.values)).toEqual(held.map(Object.values));
  }
  expect(end.foreignKeyCheck).toEqual(start.foreignKeyCheck);
  expect(end.pragmas).toEqual(start.pragmas);
}

function one(scene: Scene, query: string): unknown {
  const [row] = scene.all(query) as readonly Record<string, unknown>[];
  return Object.values(row ?? {})[0];
}
