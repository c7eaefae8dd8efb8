/** What the stories about moving share: an example folder of the old tool, and the database as that tool left it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, inject } from "vitest";
import { postgresObjects } from "../support/object-dump.ts";
import {
  beginOnPostgres,
  beginOnSqlite,
  type Place,
  type Story,
  succeeded,
} from "../support/story.ts";
import { imported, sha256, statesOf } from "./import-support.ts";
import { snapshot } from "./support.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures/adopt");

/** The files of the old tool, by their names. */
export type OldFiles = Readonly<Record<string, string>>;

export function exampleOf(system: string): OldFiles {
  const folder = join(fixtures, system);
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** The same files in the folder `old` of a project. */
export function inOld(files: OldFiles): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`old/${name}`, text]));
}

export const checksumOf = (files: OldFiles, name: string): string => sha256(files[name] ?? "");

/** One server is enough for what is about files and tables of others. */
export function onPostgres(tests: (place: Place) => void): void {
  const [server] = inject("postgres");
  if (server === undefined) throw new Error("no PostgreSQL server was started");
  const begin: Place["begin"] = (files, config) => beginOnPostgres(server, files, config);
  describe(`PostgreSQL ${server.name}`, () => tests({ dialect: "postgresql", begin }));
}

/** The same on SQLite and on one PostgreSQL server. */
export function onBoth(tests: (place: Place) => void): void {
  describe("SQLite", () => tests({ dialect: "sqlite", begin: beginOnSqlite }));
  onPostgres(tests);
}

/** All that is in the database, but for the tables of mig and of the old tool. */
export async function objectsOf(story: Story): Promise<readonly string[]> {
  const functions = await story.rows<{ line: string }>(
    `SELECT 'function ' || oid::regprocedure || ' ' || prosrc AS line FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const lines = await postgresObjects((sql) => story.rows(sql));
  return [...lines, ...functions.map(({ line }) => line)].filter(
    (line) => !/\bmig_|migrations|^schema (?:auth|public|information_schema)$/.test(line),
  );
}

/** A dry run that shows `shown` and writes nothing, the import, and a second one that changes nothing. */
export async function importsAs(
  story: Story,
  system: string,
  shown: readonly string[],
): Promise<void> {
  const files = snapshot(story);
  const before = await objectsOf(story);
  const dry = await imported(story, system, "--dry-run");
  expect(dry.revisions.map(({ revision, state }) => `${revision} ${state}`)).toEqual(shown);
  expect(snapshot(story)).toEqual(files);
  await expect(story.heads()).rejects.toThrow("mig_version");

  const told = await imported(story, system);
  expect(told.revisions).toEqual(dry.revisions.map((each) => ({ ...each, written: true })));
  expect(told.current).toEqual(dry.current);
  expect(await objectsOf(story)).toEqual(before);

  const then = [snapshot(story), await story.log(), await statesOf(story), await story.heads()];
  await imported(story, system);
  expect([snapshot(story), await story.log(), await statesOf(story), await story.heads()]).toEqual(
    then,
  );
}

/** `mig ARGS --json` of a run, as `up 001`. */
export async function ran(story: Story, ...args: string[]): Promise<readonly string[]> {
  const document = succeeded(await story.mig([...args, "--json"])).json<{
    steps: { direction: string; revision: string }[];
  }>();
  return document.steps.map(({ direction, revision }) => `${direction} ${revision}`);
}
