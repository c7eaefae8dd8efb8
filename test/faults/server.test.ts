/** A server that stops while mig runs, and comes back. */
import { afterAll, beforeAll, describe, expect } from "vitest";
import { query } from "../support/postgres/database.ts";
import { type StartedServer, startServer, versions } from "../support/postgres/start.ts";
import { revisionFile } from "../support/project.ts";
import { beginOnPostgres, errorOf, type Story, succeeded, until } from "../support/story.ts";
import { fault } from "./cases.ts";

const header = 'import { gate } from "../gate.ts";';

/** Each revision leaves its number in t; the second one waits at a gate in the middle. */
const files = (upgrade: string, transaction = true) => ({
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade: 'op.createTable("t", [t.integer("a")]); op.execute("INSERT INTO t VALUES (1)");',
  }),
  "versions/b.ts": revisionFile({
    revision: "b1",
    down: "a1",
    header: transaction ? header : `${header}\nexport const transaction = false;`,
    upgrade,
  }),
  "versions/c.ts": revisionFile({
    revision: "c1",
    down: "b1",
    upgrade: 'op.execute("INSERT INTO t VALUES (3)");',
  }),
});

describe.each(versions)("PostgreSQL %s", (version) => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startServer(version, { restarts: true });
  });
  afterAll(() => server.stop());

  async function ended(story: Story): Promise<void> {
    succeeded(await story.mig(["upgrade"]));
    expect(await story.heads()).toEqual(["c1"]);
    expect(await story.rows("SELECT a FROM t ORDER BY a")).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    const log = (await story.log()).filter((line) => !line.includes("unfinished"));
    expect(log).toEqual(["up a1", "up b1", "up c1"]);
  }

  fault(
    "it stops inside a transaction: the revision is rolled back, and the next run ends",
    async () => {
      const story = await beginOnPostgres(
        server,
        files('op.execute("INSERT INTO t VALUES (2)"); op.run("wait", () => gate("b"));'),
      );
      const running = story.start(["upgrade", "--json"]);
      await story.reached("b");
      await server.pause();
      story.open("b");
      expect(errorOf(await running.ended)).toMatchObject({
        code: "CONNECTION_LOST",
        revision: "b1",
        state: expect.stringMatching(/the database is (still )?at a1/),
      });
      expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
        code: "UNREACHABLE",
      });
      await server.resume();
      await ended(story);
    },
  );

  fault(
    "it stops beside a transaction: the next run goes on behind the last statement",
    async () => {
      const work =
        'async (db) => { if ((await db.all("SELECT FROM t")).length > 2) return; await gate("b"); }';
      const story = await beginOnPostgres(
        server,
        files(`op.execute("INSERT INTO t VALUES (2)"); op.run("wait", ${work});`, false),
      );
      const running = story.start(["upgrade", "--json"]);
      await story.reached("b");
      await server.pause();
      story.open("b");
      expect(errorOf(await running.ended).code).toBe("CONNECTION_LOST");
      await server.resume();
      // Work of one's own leaves no trace that mig knows: it says so, and does nothing twice.
      expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
        code: "RESUME_UNCLEAR",
        statement: "op.run wait",
        state: expect.stringContaining("1 of its 2 statements is done and stays"),
      });
      succeeded(await story.mig(["stamp", "b1"]));
      succeeded(await story.mig(["upgrade"]));
      expect(await story.rows("SELECT a FROM t ORDER BY a")).toEqual([
        { a: 1 },
        { a: 2 },
        { a: 3 },
      ]);
    },
  );

  fault("it stops while a statement runs: what was under way is rolled back", async () => {
    const story = await beginOnPostgres(
      server,
      files(
        'op.execute("INSERT INTO t VALUES (2)"); if (op.args.long) op.execute("SELECT pg_sleep(30)");',
      ),
    );
    const running = story.start(["upgrade", "--json", "-x", "long=yes"]);
    await until(async () => (await query(story.url, sleeping)).length > 0);
    await server.pause();
    expect(errorOf(await running.ended)).toMatchObject({ code: "CONNECTION_LOST", revision: "b1" });
    await server.resume();
    await ended(story);
  });
});

const sleeping =
  "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
