/** One run at a time, and nothing that stands in the way for ever. */

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { fault } from "../faults/cases.ts";
import { session } from "../support/postgres/database.ts";
import { revisionFile } from "../support/project.ts";
import {
  beginOnSqlite,
  copyExample,
  errorOf,
  forEachDatabase,
  forEachPostgres,
  type Story,
  saying,
  succeeded,
  until,
} from "../support/story.ts";

const ids = [
  "0001",
  "3f2a9c1d7b04",
  "5d8f0b3c6a19",
  "7c1e5b0f9a32",
  "9b1e0c4d2a77",
  "ac10a7e5f001",
  "ac10a7e5f002",
  "b7e4a1d90c35",
  "e3d5c7b9a1f0",
  "f1c0a8d2e47b",
];

/** Every revision of the example ran up, once, and the tables are there. */
async function ranOnce(story: Story): Promise<void> {
  expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
  expect((await story.log()).toSorted()).toEqual(ids.map((id) => `up ${id}`));
  const tables = [
    "activities",
    "interviews",
    "job_applications",
    "resumes",
    "user_preferences",
    "users",
  ];
  for (const table of tables) expect(await story.rows(`SELECT * FROM ${table}`)).toEqual([]);
}

/** Three revisions; the work of the second waits at the gate "b". */
const gated = {
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade: 'op.createTable("a", [t.integer("id")]);',
  }),
  "versions/b.ts": revisionFile({
    revision: "b1",
    down: "a1",
    header: 'import { gate } from "../gate.ts";',
    upgrade: 'op.execute("INSERT INTO a VALUES (1)"); op.run("wait", () => gate("b"));',
  }),
  "versions/c.ts": revisionFile({
    revision: "c1",
    down: "b1",
    upgrade: 'op.execute("INSERT INTO a VALUES (2)");',
  }),
};

forEachDatabase((place) => {
  test("two at once, ten times: both end well, and every revision runs exactly once", async () => {
    let expected = "";
    for (let round = 0; round < 10; round++) {
      const story = await place.begin();
      copyExample(story);
      const both = [story.start(["upgrade", "head"]), story.start(["upgrade", "head"])];
      for (const { ended } of both) succeeded(await ended);
      await ranOnce(story);
      const schema = await story.schema();
      expected ||= schema;
      expect(schema).toBe(expected);
    }
  });

  test("two at once with --transaction all", async () => {
    for (let round = 0; round < 3; round++) {
      const story = await place.begin(gated);
      story.open("b");
      const both = [1, 2].map(() => story.start(["upgrade", "--transaction", "all"]));
      for (const { ended } of both) succeeded(await ended);
      expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
      expect(await story.rows("SELECT id FROM a ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    }
  });

  test("who waits says so, and goes on when the other is done", async () => {
    const story = await place.begin(gated);
    const first = story.start(["upgrade", "b1"]);
    await story.reached("b");
    const second = story.start(["upgrade", "--json"]);
    await saying(second, /^waiting: .*another (run of mig|process)/m);
    story.open("b");
    succeeded(await first.ended);
    const done = succeeded(await second.ended).json<{
      steps: { revision: string }[];
      current: string[];
    }>();
    expect(done.steps.map(({ revision }) => revision)).toEqual(["c1"]);
    expect(done.current).toEqual(["c1"]);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
    const batches = await story.rows<{ batch: number }>("SELECT batch FROM mig_log ORDER BY id");
    expect(batches.map(({ batch }) => batch)).toEqual([1, 1, 2]);
  });

  fault("who waits too long gives up, and changes nothing", async () => {
    const story = await place.begin(gated, { lockTimeout: "1s" });
    const first = story.start(["upgrade"]);
    await story.reached("b");
    const started = performance.now();
    for (const command of [["upgrade"], ["downgrade", "base"], ["stamp", "c1"]]) {
      const failure = errorOf(await story.mig([...command, "--json"]));
      expect(failure).toMatchObject({
        code: "LOCKED",
        message: expect.stringMatching(/^gave up after 1(\.\d)? s: another (process|run of mig)/),
        help: expect.stringContaining("lockTimeout"),
      });
      expect(failure.state).toMatch(/^nothing (of the revision )?was (run|changed)/);
      if (place.dialect === "postgresql") {
        expect(failure.message).toMatch(
          /\(pid \d+, user postgres, application mig, .*\); it is idle in transaction/,
        );
      }
    }
    // Each waited its second once: what was not done is not logged either.
    expect(performance.now() - started).toBeLessThan(6_000);
    story.open("b");
    succeeded(await first.ended);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
  });

  fault("a run that is killed leaves no lock: the next works at once", async () => {
    const story = await place.begin(gated, { lockTimeout: "5s" });
    const first = story.start(["upgrade"]);
    await story.reached("b");
    await first.kill();
    story.open("b");
    const started = performance.now();
    succeeded(await story.mig(["upgrade"]));
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await story.rows("SELECT id FROM a ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
  });

  test("who waited plans anew when the other is killed half-way", async () => {
    const story = await place.begin({
      ...gated,
      "versions/a.ts": revisionFile({
        revision: "a1",
        header: 'import { gate } from "../gate.ts";',
        upgrade: 'op.createTable("a", [t.integer("id")]); op.run("wait", () => gate("a"));',
      }),
    });
    const first = story.start(["upgrade"]);
    await story.reached("a");
    const second = story.start(["upgrade", "--json"]);
    await saying(second, /waiting/);
    story.open("a");
    await story.reached("b");
    await sleep(100);
    await first.kill();
    story.open("b");
    const done = succeeded(await second.ended).json<{ steps: { revision: string }[] }>();
    expect(["a1", "b1", "c1"]).toEqual(
      expect.arrayContaining(done.steps.map(({ revision }) => revision)),
    );
    expect(await story.rows("SELECT id FROM a ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
  });

  test("looking does not wait for a run", async () => {
    const story = await place.begin(gated);
    const first = story.start(["upgrade"]);
    await story.reached("b");
    expect(succeeded(await story.mig(["current", "--json"])).json()).toMatchObject({
      current: ["a1"],
    });
    expect(succeeded(await story.mig(["status"])).stderr).toBe("1 applied, 2 pending\n");
    story.open("b");
    succeeded(await first.ended);
  });
});

describe("SQLite", () => {
  test("six at once", async () => {
    const story = await beginOnSqlite();
    copyExample(story);
    const all = Array.from({ length: 6 }, () => story.start(["upgrade", "head"]));
    for (const { ended } of all) succeeded(await ended);
    await ranOnce(story);
  });

  test("what another run has moved meanwhile is not undone, nor gone beyond, unasked", async () => {
    const story = await beginOnSqlite({
      ...gated,
      "versions/d.ts": revisionFile({ revision: "d1", down: "c1" }),
    });
    const first = story.start(["upgrade", "b1"]);
    await story.reached("b");
    const others = [
      story.start(["upgrade", "+1", "--json"]),
      story.start(["downgrade", "base", "--json"]),
    ];
    for (const other of others) await saying(other, /waiting/);
    story.open("b");
    succeeded(await first.ended);
    for (const { ended } of others) {
      expect(errorOf(await ended)).toMatchObject({
        code: "HEADS_MOVED",
        message: "the version table changed while this command ran: expected a1, found b1",
      });
    }
    expect(await story.heads()).toEqual(["b1"]);
  });

  test("a writer that is no mig is waited for, and named as far as SQLite knows", async () => {
    const story = await beginOnSqlite(gated, { lockTimeout: "500ms" });
    succeeded(await story.mig(["upgrade", "a1"]));
    story.open("b");
    const writer = new Database(join(story.folder, "data/dev.db"));
    try {
      writer.exec("BEGIN IMMEDIATE");
      expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
        code: "LOCKED",
        message: expect.stringMatching(/another process is writing to data\/dev\.db/),
        state: "nothing of the revision was run; the database is still at a1",
      });
      writer.exec("COMMIT");
    } finally {
      writer.close();
    }
    succeeded(await story.mig(["upgrade"]));
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1"]);
  });
});

forEachPostgres((place) => {
  const withTable = {
    "versions/a.ts": revisionFile({
      revision: "a1",
      upgrade: 'op.createTable("t", [t.integer("a")]);',
    }),
    "versions/b.ts": revisionFile({
      revision: "b1",
      down: "a1",
      upgrade: 'op.addColumn("t", t.integer("b"));',
    }),
  };

  fault(
    "one waits while the other builds an index concurrently: neither stops the other",
    async () => {
      const story = await place.begin({
        ...withTable,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          header: "export const transaction = false;",
          upgrade: 'op.createIndex("t_a", "t", ["a"], { concurrently: true });',
        }),
      });
      succeeded(await story.mig(["upgrade", "a1"]));
      await session(story.url, async (writer) => {
        await writer.query("BEGIN; INSERT INTO t VALUES (1)");
        const both = [story.start(["upgrade"]), story.start(["upgrade"])];
        await until(() => both.some((run) => /waiting/.test(run.said())));
        // Longer than deadlock_timeout.
        await sleep(1_500);
        await writer.query("COMMIT");
        for (const { ended } of both) succeeded(await ended);
      });
      expect(
        await story.rows("SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass"),
      ).toEqual([{ indisvalid: true }]);
      expect(await story.log()).toEqual(["up a1", "up b1"]);
    },
  );

  fault("a table that somebody else has locked is tried again, until it is free", async () => {
    const story = await place.begin(withTable, { lockTimeout: "200ms" });
    succeeded(await story.mig(["upgrade", "a1"]));
    await session(story.url, async (other) => {
      await other.query("BEGIN; LOCK TABLE t");
      const running = story.start(["upgrade"]);
      await saying(
        running,
        /lock timeout; another session holds a lock on the table; trying again in \d+ ms/,
      );
      await other.query("COMMIT");
      succeeded(await running.ended);
    });
    expect(await story.log()).toEqual(["up a1", "up b1"]);
  });

  fault("so is one without a transaction, in each of its statements", async () => {
    const story = await place.begin(
      {
        ...withTable,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          header: "export const transaction = false;",
          upgrade:
            'op.execute("SELECT 1"); op.addColumn("t", t.integer("b")); op.createIndex("t_b", "t", ["b"], { concurrently: true });',
        }),
      },
      { lockTimeout: "200ms" },
    );
    succeeded(await story.mig(["upgrade", "a1"]));
    await session(story.url, async (other) => {
      await other.query("BEGIN; LOCK TABLE t");
      const running = story.start(["upgrade"]);
      await saying(running, /lock timeout; another session .*; trying again in \d+ ms/);
      await other.query("COMMIT");
      succeeded(await running.ended);
    });
    expect(await story.log()).toEqual(["up a1", "up b1"]);
  });

  fault("and given up in the end, with what is in the way", async () => {
    const story = await place.begin(withTable, { lockTimeout: "50ms" });
    succeeded(await story.mig(["upgrade", "a1"]));
    await session(story.url, async (other) => {
      await other.query("BEGIN; LOCK TABLE t");
      const result = await story.mig(["upgrade", "--json"]);
      expect(result.stderr.match(/trying again/g)).toHaveLength(4);
      expect(errorOf(result)).toMatchObject({
        code: "REVISION_FAILED",
        message:
          "revision b1 failed: canceling statement due to lock timeout; another session holds a lock on the table",
        revision: "b1",
        statement: 'ALTER TABLE "t" ADD COLUMN "b" integer',
        state: "the revision was rolled back; the database is still at a1",
      });
      await other.query("COMMIT");
    });
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
  });

  fault("a run that is killed while a long statement runs leaves no lock either", async () => {
    const story = await place.begin(
      {
        ...withTable,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          upgrade: 'op.execute("SELECT pg_sleep(30)");',
        }),
      },
      { lockTimeout: "8s" },
    );
    const running = story.start(["upgrade"]);
    await until(
      async () =>
        (
          await story.rows(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
          )
        ).length > 0,
    );
    await running.kill();
    story.write({ "versions/b.ts": revisionFile({ revision: "b1", down: "a1" }) });
    succeeded(await story.mig(["upgrade"]));
    expect(await story.heads()).toEqual(["b1"]);
  });
});
