/**
 * One draft for two databases: from any pair of schemas to any other it leads both there, and back. `MIG_CONVERGE_RUNS=5000
 * MIG_CONVERGE_SEED=7 npx vitest run test/converge/both.test.ts` takes more pairs, or others.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BothPair, bothPairs, convergeBoth } from "../support/converge/both.ts";
import { onPostgres, onSqlite } from "../support/converge/places.ts";
import { forEachServer } from "../support/postgres/database.ts";

const { MIG_CONVERGE_RUNS: runs, MIG_CONVERGE_SEED: seed } = process.env;
const numRuns = runs ? Number(runs) : 60;
const patience = runs ? Number(runs) * 2_000 : 120_000;

describe("a draft for both databases converges", () => {
  forEachServer((server) => {
    test("on SQLite and PostgreSQL", { timeout: patience }, async () => {
      const on = await onPostgres(server);
      const counts = { pairs: 0, lines: 0, apart: 0 };
      const property = fc.asyncProperty(bothPairs, async (pair: BothPair) => {
        const { text } = await onSqlite((sqlite) =>
          on((postgresql) => convergeBoth({ postgresql, sqlite }, pair)),
        );
        counts.pairs += 1;
        counts.lines += text.split("\n").length;
        counts.apart += text.split("\n").filter((line) => /\.on\("/.test(line)).length;
      });
      await fc.assert(property, {
        numRuns,
        // Other pairs on each server.
        seed: Number(seed ?? 0) + Number.parseInt(server.name, 10),
        endOnFailure: runs !== undefined,
      });
      expect(counts.pairs).toBeGreaterThanOrEqual(numRuns);
      console.log(
        `${counts.pairs} pairs of schemas converged on SQLite and PostgreSQL ${server.name} by one draft each (${counts.lines} lines, ${counts.apart} of them for one database)`,
      );
    });
  });
});
