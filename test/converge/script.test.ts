/** A script that was written without a database makes of an empty one what the revisions make. */
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { emptySchema } from "../../src/model/empty-schema.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { scriptTarget } from "../../src/runtime/script.ts";
import type { PreparedStep } from "../../src/runtime/target.ts";
import {
  attempt,
  draft,
  ordered,
  type Pair,
  type Place,
  reflected,
} from "../support/converge/converge.ts";
import { pairs } from "../support/converge/pairs.ts";
import { onPostgres, onSqlite } from "../support/converge/places.ts";
import { wantedOf } from "../support/converge/wanted.ts";
import { createDatabase, forEachServer, query } from "../support/postgres/database.ts";

function step(id: string, down: string | null, operations: readonly Operation[]): PreparedStep {
  const site = { file: `versions/${id}.ts`, line: 1 };
  return {
    direction: "up",
    revision: {
      id,
      downRevisions: down === null ? [] : [down],
      dependsOn: [],
      branchLabels: [],
      replaces: [],
      transaction: true,
      message: id,
      file: site.file,
      path: `/${site.file}`,
      createdAt: null,
      format: "module",
    },
    removes: down === null ? [] : [down],
    adds: [id],
    script: { operations: operations.map((operation) => ({ operation, site })), checksum: id },
  };
}

/** What `mig upgrade --sql` prints for these revisions. */
async function scriptOf(dialect: Dialect, steps: readonly PreparedStep[]): Promise<string> {
  let text = "";
  const target = scriptTarget({
    dialect,
    root: process.cwd(),
    versionTable: { name: "mig_version" },
    heads: [],
    replay: async () => [],
    info: { who: "a test", toolVersion: "0", environment: "test" },
    transaction: "each",
    print: (script) => {
      text = script;
    },
    note: () => {},
  });
  await target.open();
  await target.prepare(steps);
  for (const it of steps) await target.apply(it);
  await target.finish();
  return text;
}

/** The schema that both revisions lead to, and the script of both. */
async function upgraded(place: Place, { from, to }: Pair) {
  const creation = await draft(place, emptySchema, wantedOf(from));
  expect(await attempt(place, "creating", creation.operations)).toBe(null);
  const change = await draft(place, await reflected(place), wantedOf(to));
  expect(await attempt(place, "upgrading", change.operations)).toBe(null);
  const steps = [step("a", null, creation.operations), step("b", "a", change.operations)];
  return { schema: ordered(await reflected(place)), script: await scriptOf(place.dialect, steps) };
}

test("on SQLite", async () => {
  const property = fc.asyncProperty(pairs("sqlite"), async (pair) => {
    const { schema, script } = await onSqlite((place) => upgraded(place, pair));
    const engine = new Database(":memory:");
    try {
      engine.exec(script);
      const all = async (sql: string) => engine.prepare(sql).all() as Record<string, unknown>[];
      const scope = { versionTable: { name: "mig_version" } };
      expect(ordered((await sqlite.reflect({ all }, scope)).schema)).toBe(schema);
    } finally {
      engine.close();
    }
  });
  await fc.assert(property, { numRuns: 40, seed: 2 });
});

forEachServer((server) => {
  test("on PostgreSQL", async () => {
    const on = await onPostgres(server);
    const second = await createDatabase(server);
    const property = fc.asyncProperty(pairs("postgresql"), async (pair) => {
      const { schema, script } = await on((place) => upgraded(place, pair));
      await query(second, "DROP SCHEMA IF EXISTS public, app CASCADE; CREATE SCHEMA public");
      await query(second, script);
      const all = (sql: string) => query(second, sql);
      const scope = { versionTable: { name: "mig_version" }, schemas: ["public", "app"] };
      expect(ordered((await postgresql.reflect({ all }, scope)).schema)).toBe(schema);
    });
    await fc.assert(property, { numRuns: 15, seed: 2 });
  });
});
