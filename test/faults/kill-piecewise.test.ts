/**
 * An end behind every statement of a revision without a transaction, up and down: the next run goes on behind the last one, or
 * says that it cannot tell. What cannot be done twice is done once.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished } from "vitest";
import { MigError } from "../../src/errors.ts";
import { createDatabase, forEachServer, query } from "../support/postgres/database.ts";
import { createProject, revisionFile } from "../support/project.ts";
import { until } from "../support/story.ts";
import { faults } from "./cases.ts";
import { dyingBehind, keepingEach, pointsFor } from "./dying-sessions.ts";
import { type Direction, dialects, historyIn, type InProcess } from "./in-process.ts";

/** Each statement counts itself: a second time would show. */
const counts = (name: string) => `op.execute("UPDATE done SET ${name} = ${name} + 1");`;

function makeHistory(): InProcess {
  const { folder } = createProject({
    "versions/a.ts": revisionFile({
      revision: "a1",
      upgrade: `op.createTable("done", ["one", "two", "back"].map((name) => t.integer(name, { notNull: true, default: 0 })));
  op.insert("done", [{ one: 0 }]);`,
    }),
    "versions/b.ts": revisionFile({
      revision: "b1",
      down: "a1",
      header: "export const transaction = false;",
      upgrade: `${counts("one")} op.createIndex("done_one", "done", ["one"], { concurrently: true }); ${counts("two")}
  op.createTable("made", [t.integer("a")]); op.addColumn("made", t.text("b"));`,
      downgrade: `${counts("back")} op.dropTable("made"); op.dropIndex("done_one", "done", { concurrently: true });`,
    }),
  });
  return historyIn(folder, "a1");
}

interface Counted {
  readonly one: number;
  readonly two: number;
  readonly back: number;
}

const columns = ["one", "two", "back"] as const;
const table = "SELECT one, two, back FROM done";

/** The next run ends well, with everything done once; or it says that it cannot tell, and nothing is done twice. */
async function endsOrSays(
  next: () => Promise<void>,
  look: () => Promise<Counted>,
  done: Counted,
): Promise<"ended" | "unclear"> {
  try {
    await next();
    expect(await look()).toEqual(done);
    return "ended";
  } catch (failure) {
    if (!(failure instanceof MigError) || failure.code !== "RESUME_UNCLEAR") throw failure;
    const found = await look();
    for (const name of columns) expect(found[name]).toBeLessThanOrEqual(done[name]);
    return "unclear";
  }
}

describe.each(["up", "down"] as const)("on the way %s", (direction) => {
  // Whatever is half undone is undone to its end, and then done again.
  const done = (wasUndone: boolean): Counted =>
    wasUndone ? { one: 2, two: 2, back: 1 } : { one: 1, two: 1, back: 0 };

  faults("SQLite", async (cases) => {
    const history = makeHistory();
    const folder = mkdtempSync(join(tmpdir(), "mig-killed-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const go = (place: string, way: Direction) =>
      history.run(dialects.sqlite, `sqlite:${join(place, "dev.db")}`, way);
    const look = (place: string) => async () => {
      const engine = new Database(join(place, "dev.db"));
      try {
        return engine.prepare<[], Counted>(table).get() as Counted;
      } finally {
        engine.close();
      }
    };
    if (direction === "down") await go(folder, "up");
    const states = await keepingEach(folder, () => go(folder, direction));
    cases.plan(states.length);
    const outcomes = new Set<string>();
    for (const state of states) {
      const wasUndone = direction === "down" && (await isUndone(look(state)));
      outcomes.add(await endsOrSays(() => go(state, "up"), look(state), done(wasUndone)));
      cases.ran();
    }
    expect([...outcomes].toSorted()).toEqual(["ended", "unclear"]);
  });

  forEachServer((server) => {
    faults("every other statement", async (cases) => {
      const history = makeHistory();
      const url = await createDatabase(server);
      const go = (way: Direction) => history.run(dialects.postgresql, url, way);
      const look = async () => (await query(url, table))[0] as unknown as Counted;
      const begin = async () => {
        await query(url, emptied);
        if (direction === "down") await go("up");
      };
      await begin();
      const count = await dyingBehind(Number.POSITIVE_INFINITY, () => go(direction));
      const points = pointsFor(server, count);
      cases.plan(points.length);
      const outcomes = new Set<string>();
      for (const point of points) {
        await begin();
        await dyingBehind(point, () => go(direction));
        await until(async () => (await query(url, sessions)).length === 0);
        const wasUndone = direction === "down" && (await isUndone(look));
        outcomes.add(await endsOrSays(() => go("up"), look, done(wasUndone)));
        expect(await query(url, "SELECT FROM pg_index WHERE NOT indisvalid")).toEqual([]);
        cases.ran();
      }
      expect([...outcomes].toSorted()).toEqual(["ended", "unclear"]);
    });
  });
});

/** Whether the first statement of the way down took effect. */
async function isUndone(look: () => Promise<Counted>): Promise<boolean> {
  return (await look()).back > 0;
}

const emptied = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
const sessions =
  "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig'";
