/** SIGINT and SIGTERM: what runs is finished or rolled back, the lock is free, and mig says where the database stands. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import { Migrator } from "../../src/index.ts";
import { session } from "../support/postgres/database.ts";
import { type Result, type Running, revisionFile } from "../support/project.ts";
import {
  beginOnSqlite,
  forEachDatabase,
  forEachPostgres,
  type Story,
  saying,
  succeeded,
  until,
} from "../support/story.ts";
import { fault } from "./cases.ts";

const first = revisionFile({
  revision: "a1",
  upgrade: 'op.createTable("t", [t.integer("a")]); op.execute("INSERT INTO t VALUES (1)");',
});

/** A revision after a1, and one after that. */
function then(upgrade: string, header = ""): Record<string, string> {
  return {
    "versions/a.ts": first,
    "versions/b.ts": revisionFile({
      revision: "b1",
      down: "a1",
      header: `import { gate } from "../gate.ts";\n${header}`,
      upgrade,
    }),
    "versions/c.ts": revisionFile({
      revision: "c1",
      down: "b1",
      upgrade: 'op.execute("INSERT INTO t VALUES (3)");',
    }),
  };
}

function send(running: Running, signal: NodeJS.Signals): void {
  process.kill(running.pid, signal);
}

/** The error of a run that a signal stopped, and that it ended as one that the signal ended. */
function interrupted(result: Result, code: 130 | 143): Record<string, string> {
  if (result.code !== code)
    throw new Error(`mig ended with ${result.code}:\n${result.stdout}${result.stderr}`);
  const { error } = result.json<{ error: Record<string, string> }>();
  expect(error.code).toBe("INTERRUPTED");
  expect(result.stderr).toMatch(/^SIG(INT|TERM): stopping; once more, and mig ends/m);
  return error;
}

/** What is in t, after the next run went to the end. */
async function finished(story: Story): Promise<readonly unknown[]> {
  const started = performance.now();
  succeeded(await story.mig(["upgrade"]));
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(await story.heads()).toEqual(["c1"]);
  return (await story.rows<{ a: number }>("SELECT a FROM t ORDER BY a")).map(({ a }) => a);
}

forEachDatabase((place) => {
  fault("while a backup is made, which ends with it", async () => {
    const story = await place.begin(then(""), { backup: "echo begun; sleep 20; touch late" });
    const running = story.start(["upgrade", "--json"]);
    await saying(running, /^begun$/m);
    const started = performance.now();
    send(running, "SIGTERM");
    const { state } = interrupted(await running.ended, 143);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(state).toBe("nothing was run");
    expect(story.list(".")).not.toContain("late");
    expect((await story.mig(["current", "--json"])).json()).toMatchObject({ current: [] });
  });

  fault("while it waits for another run", async () => {
    const story = await place.begin(then('op.run("wait", () => gate("b"));'));
    const other = story.start(["upgrade"]);
    await story.reached("b");
    const running = story.start(["upgrade", "--json"]);
    await saying(running, /^waiting: /m);
    send(running, "SIGTERM");
    const error = interrupted(await running.ended, 143);
    expect(error.message).toBe("interrupted: SIGTERM");
    expect(error.state).toMatch(/^nothing (of the revision )?was run/);
    story.open("b");
    succeeded(await other.ended);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
  });

  fault("while work of a revision asks one thing after the other", async () => {
    const work = `async (db) => {
      await db.run("INSERT INTO t VALUES (2)");
      await gate("b");
      while (op.args.forever) await db.all("SELECT 1");
    }`;
    const story = await place.begin(then(`op.run("ask", ${work});`));
    const running = story.start(["upgrade", "--json", "-x", "forever=yes"]);
    await story.reached("b");
    story.open("b");
    send(running, "SIGINT");
    expect(interrupted(await running.ended, 130)).toMatchObject({
      revision: "b1",
      location: expect.stringMatching(/^versions\/b\.ts/),
      state: "the revision was rolled back; the database is still at a1",
      help: "run the command again to go on",
    });
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
    expect(await finished(story)).toEqual([1, 2, 3]);
  });

  fault("an AbortSignal of a program does the same", async () => {
    const work = 'async (db) => { while (op.args.forever) await db.all("SELECT 1"); }';
    const story = await place.begin(then(`op.run("ask", ${work});`));
    const migrator = new Migrator({
      ...{ root: story.folder, url: story.url, args: { forever: "yes" } },
    });
    const controller = new AbortController();
    migrator.on("begin", ({ revision }) => {
      if (revision === "b1") setTimeout(() => controller.abort(new Error("the deadline")), 100);
    });
    const failure = migrator.upgrade("head", { signal: controller.signal });
    await expect(failure).rejects.toMatchObject({
      code: "INTERRUPTED",
      message: "interrupted: the deadline",
      context: { state: "the revision was rolled back; the database is still at a1" },
    });
    await migrator.close();
    expect(await finished(story)).toEqual([1, 3]);
  });

  fault("in a run that is one transaction", async () => {
    const story = await place.begin(then('op.run("wait", () => gate("b"));'));
    const running = story.start(["upgrade", "--json", "--transaction", "all"]);
    await story.reached("b");
    send(running, "SIGTERM");
    await saying(running, /stopping/);
    story.open("b");
    expect(interrupted(await running.ended, 143)).toMatchObject({
      revision: "b1",
      state: "the whole run was rolled back; the database is still at base",
    });
    expect(await finished(story)).toEqual([1, 3]);
  });

  fault("twice, while work waits for something else: the end comes at once", async () => {
    const work = 'async (db) => { await db.run("INSERT INTO t VALUES (2)"); await gate("b"); }';
    const story = await place.begin(then(`op.run("wait", ${work});`));
    const running = story.start(["upgrade", "--json"]);
    await story.reached("b");
    send(running, "SIGTERM");
    await saying(running, /stopping/);
    // What npx hands on a moment later is no second wish.
    send(running, "SIGTERM");
    await sleep(700);
    send(running, "SIGTERM");
    const { code, stdout } = await running.ended;
    expect([code, stdout]).toEqual([143, ""]);
    story.open("b");
    expect(await finished(story)).toEqual([1, 2, 3]);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
  });

  fault("without a transaction: it stops between two statements, and goes on there", async () => {
    const story = await place.begin(
      then(
        `op.execute("INSERT INTO t VALUES (2)"); op.run("wait", () => gate("b")); op.execute("UPDATE t SET a = a + 10");`,
        "export const transaction = false;",
      ),
    );
    const running = story.start(["upgrade", "--json"]);
    await story.reached("b");
    send(running, "SIGTERM");
    await saying(running, /stopping/);
    story.open("b");
    expect(interrupted(await running.ended, 143)).toMatchObject({
      revision: "b1",
      state: expect.stringMatching(
        /^this revision runs without a transaction: 1 of its 3 statements is done and stays; so does what its unfinished op\.run did; the database is still at a1; the next run goes on from there$/,
      ),
    });
    expect(await finished(story)).toEqual([3, 11, 12]);
  });
});

describe("SQLite", () => {
  const slow =
    "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000000) SELECT max(i) FROM n";

  fault("while a statement runs: the statement ends, and the revision is rolled back", async () => {
    const story = await beginOnSqlite(
      then(
        `op.run("tell", () => gate("b")); op.execute("${slow}"); op.execute("INSERT INTO t VALUES (5)");`,
      ),
    );
    const running = story.start(["upgrade", "--json"]);
    await story.reached("b");
    story.open("b");
    await sleep(200);
    send(running, "SIGTERM");
    expect(interrupted(await running.ended, 143)).toMatchObject({
      revision: "b1",
      state: "the revision was rolled back; the database is still at a1",
    });
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
    expect(await story.rows("SELECT a FROM t")).toEqual([{ a: 1 }]);
  });

  fault("while the last statement of a revision runs: that revision is finished", async () => {
    const story = await beginOnSqlite(
      then(`op.run("tell", () => gate("b")); op.execute("${slow}");`),
    );
    const running = story.start(["upgrade", "--json"]);
    await story.reached("b");
    story.open("b");
    await sleep(200);
    send(running, "SIGTERM");
    expect(interrupted(await running.ended, 143)).toMatchObject({
      state: "no revision was running; the database is at b1",
    });
    expect(await finished(story)).toEqual([1, 3, 6_000_000]);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
  });
});

forEachPostgres((place) => {
  const sleeping = async (story: Story) =>
    (
      await story.rows(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
      )
    ).length > 0;

  fault("while a statement runs: the server ends it, and the revision is rolled back", async () => {
    const story = await place.begin(
      then(
        'op.execute("INSERT INTO t VALUES (2)"); if (op.args.long) op.execute("SELECT pg_sleep(30)");',
      ),
    );
    const running = story.start(["upgrade", "--json", "-x", "long=yes"]);
    await until(() => sleeping(story));
    send(running, "SIGINT");
    const started = performance.now();
    expect(interrupted(await running.ended, 130)).toMatchObject({
      message: "interrupted: SIGINT",
      revision: "b1",
      statement: "SELECT pg_sleep(30)",
      state: "the revision was rolled back; the database is still at a1",
    });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await sleeping(story)).toBe(false);
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
    expect(await finished(story)).toEqual([1, 2, 3]);
  });

  describe("while an index is built concurrently", () => {
    const indexed = then(
      'op.createIndex("t_a", "t", ["a"], { concurrently: true });',
      "export const transaction = false;",
    );

    async function interruptedBeside(
      story: Story,
      work: (other: { end(): Promise<unknown> }) => Promise<void>,
    ) {
      await session(story.url, async (writer) => {
        await writer.query("BEGIN; INSERT INTO t VALUES (2)");
        await work({ end: () => writer.query("COMMIT") });
      });
    }

    const invalid = (story: Story) =>
      story.rows("SELECT FROM pg_index WHERE indrelid = 't'::regclass AND NOT indisvalid");

    fault("no invalid index is left", async () => {
      const story = await place.begin(indexed);
      succeeded(await story.mig(["upgrade", "a1"]));
      await interruptedBeside(story, async (other) => {
        const running = story.start(["upgrade", "--json"]);
        await until(async () => (await invalid(story)).length > 0);
        send(running, "SIGTERM");
        await saying(running, /stopping/);
        await sleep(300);
        await other.end();
        expect(interrupted(await running.ended, 143)).toMatchObject({
          revision: "b1",
          state:
            "this revision runs without a transaction: nothing of it is done; the database is still at a1; the next run goes on from there",
        });
      });
      expect(await invalid(story)).toEqual([]);
      expect(await finished(story)).toEqual([1, 2, 3]);
    });

    fault(
      "where dropping it has to wait for others too long, it is said, and the next run does it",
      async () => {
        const story = await place.begin(indexed, { lockTimeout: "200ms" });
        succeeded(await story.mig(["upgrade", "a1"]));
        await interruptedBeside(story, async (other) => {
          const running = story.start(["upgrade", "--json"]);
          await until(async () => (await invalid(story)).length > 0);
          send(running, "SIGTERM");
          expect(interrupted(await running.ended, 143).state).toMatch(
            /the next run goes on from there; what the statement left half-way is for the next run to mend \(canceling statement due to lock timeout/,
          );
          await other.end();
        });
        expect(await finished(story)).toEqual([1, 2, 3]);
        expect(await invalid(story)).toEqual([]);
      },
    );
  });
});
