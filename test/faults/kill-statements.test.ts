/**
 * An end behind every statement of the example's way up and down, transactional and not: the next `upgrade head` ends at the
 * head, every revision took effect once, and nothing is left of what was interrupted.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished } from "vitest";
import { createDatabase, forEachServer, query } from "../support/postgres/database.ts";
import { until } from "../support/story.ts";
import { faults } from "./cases.ts";
import { dyingBehind, keepingEach, pointsFor } from "./dying-sessions.ts";
import { type Direction, dialects, historyIn } from "./in-process.ts";
import { type Look, lookAtPostgres, lookAtSqlite } from "./look.ts";

const example = historyIn();

const directions: readonly Direction[] = ["up", "down"];

/** Fail unless all is as in `whole`, which nothing interrupted: the log, too, tells of each revision that it is applied once. */
function expectWhole(found: Look, whole: Look): void {
  expect(found).toEqual(whole);
  expect(Object.values(found.applied)).toEqual(Array(10).fill(1));
}

describe.each(directions)("on the way %s", (direction) => {
  faults("SQLite", async (cases) => {
    const { sqlite } = dialects;
    const folder = mkdtempSync(join(tmpdir(), "mig-killed-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const at = (place: string) => `sqlite:${join(place, "dev.db")}`;
    if (direction === "down") await example.run(sqlite, at(folder), "up");
    const states = await keepingEach(folder, () => example.run(sqlite, at(folder), direction));
    await example.run(sqlite, at(folder), "up");
    const whole = lookAtSqlite(join(folder, "dev.db"));
    cases.plan(states.length);
    // Every statement of the example, mig's own among them.
    expect(states.length).toBeGreaterThanOrEqual(direction === "up" ? 75 : 80);
    for (const state of states) {
      await example.run(sqlite, at(state), "up");
      expectWhole(lookAtSqlite(join(state, "dev.db")), whole);
      cases.ran();
    }
  });

  forEachServer((server) => {
    faults(
      "every other statement",
      async (cases) => {
        const { postgresql } = dialects;
        const url = await createDatabase(server);
        const goTo = (end: Direction) => example.run(postgresql, url, end);
        const begin = async () => {
          if (direction === "up") await query(url, emptied);
        };
        await goTo("up");
        const whole = await lookAtPostgres(url);
        await begin();
        const count = await dyingBehind(Number.POSITIVE_INFINITY, () => goTo(direction));
        await goTo("up");
        const points = pointsFor(server, count);
        cases.plan(points.length);
        expect(count).toBeGreaterThan(80);
        for (const point of points) {
          await begin();
          await dyingBehind(point, () => goTo(direction));
          await until(async () => (await query(url, sessions)).length === 0);
          await goTo("up");
          expectWhole(await lookAtPostgres(url), whole);
          cases.ran();
        }
      },
      180_000,
    );
  });
});

const emptied = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
const sessions =
  "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig'";
