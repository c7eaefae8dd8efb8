/**
 * From any schema to any other: a draft leads there, and nothing differs then; no row is lost that need not be; the way back
 * leads back. `MIG_CONVERGE_RUNS=5000 MIG_CONVERGE_SEED=7 npx vitest run test/converge/schemas.test.ts` takes more pairs, or
 * others.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { converge, type Ending, type Pair, type Place } from "../support/converge/converge.ts";
import { pairs } from "../support/converge/pairs.ts";
import { onPostgres, onSqlite } from "../support/converge/places.ts";
import { forEachServer } from "../support/postgres/database.ts";

const { MIG_CONVERGE_RUNS: runs, MIG_CONVERGE_SEED: seed } = process.env;

/** As many pairs as are asked for, or else `usual`; the same ones each time unless others are asked for. */
function parameters(usual: number) {
  const numRuns = runs ? Number(runs) : usual;
  return { numRuns, seed: seed ? Number(seed) : 1, endOnFailure: runs !== undefined };
}

type On = (work: (place: Place) => Promise<Ending>) => Promise<Ending>;

async function convergeAll(name: "sqlite" | "postgresql", on: On, usual: number): Promise<string> {
  const endings = { converged: 0, foretold: 0 };
  const property = fc.asyncProperty(pairs(name), async (pair: Pair) => {
    endings[await on((place) => converge(place, pair))] += 1;
  });
  await fc.assert(property, parameters(usual));
  const { converged, foretold } = endings;
  expect(converged).toBeGreaterThan(foretold);
  return `${converged + foretold} pairs converged on ${name}, ${foretold} of them not before rows that were in the way, as the draft had said, were gone`;
}

const patience = runs ? Number(runs) * 2_000 : 120_000;

describe("a draft converges", () => {
  test("on SQLite", { timeout: patience }, async () => {
    console.log(await convergeAll("sqlite", onSqlite, 300));
  });

  forEachServer((server) => {
    test("on PostgreSQL", { timeout: patience }, async () => {
      console.log(await convergeAll("postgresql", await onPostgres(server), 150));
    });
  });
});
