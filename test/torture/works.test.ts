/** What people do to tables in one revision: it works, and what is not meant stays. */
import { expect } from "vitest";
import type { Contents } from "../support/contents.ts";
import { tortureCases } from "./cases.ts";
import { type Scene, sceneOf, type Work } from "./scene.ts";
import { shown } from "./shown.ts";
import { files } from "./works/files.ts";
import { renames } from "./works/renames.ts";
import { several } from "./works/several.ts";
import { shortRows } from "./works/short-rows.ts";
import { values } from "./works/values.ts";

tortureCases("rows that are older than a column", shortRows, run);
tortureCases(
  "what people do in one revision",
  { ...renames, ...values, ...several, ...files },
  run,
);

async function run(it: Work): Promise<void> {
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
