/** Revisions without a transaction: they stop in the middle, and go on from there. */
import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { fault } from "../faults/cases.ts";
import { session } from "../support/postgres/database.ts";
import { revisionFile } from "../support/project.ts";
import {
  beginOnSqlite,
  errorOf,
  forEachDatabase,
  forEachPostgres,
  type Story,
  succeeded,
  until,
} from "../support/story.ts";

const header = "export const transaction = false;";

const table = revisionFile({
  revision: "a1",
  upgrade:
    'op.createTable("t", [t.integer("a"), t.integer("n", { notNull: true, default: 0 })]); op.insert("t", [{ a: 1 }, { a: 1 }]);',
});

async function indexes(story: Story): Promise<unknown[]> {
  return story.rows(
    "SELECT relname AS name, indisvalid AS valid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indrelid = 't'::regclass ORDER BY 1",
  );
}

/** Begin a transaction of somebody else that CREATE INDEX CONCURRENTLY has to wait for, and do `work` meanwhile. */
function beside(story: Story, work: () => Promise<void>): Promise<void> {
  return session(story.url, async (client) => {
    await client.query("BEGIN; INSERT INTO t VALUES (99)");
    try {
      await work();
    } finally {
      await client.query("ROLLBACK");
    }
  });
}

/** Wait until a statement like `pattern` runs. */
function runs(story: Story, pattern: string): Promise<void> {
  return until(async () => {
    const found = await story.rows(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig' AND state = 'active' AND query LIKE '${pattern}'`,
    );
    return found.length > 0;
  });
}

forEachPostgres((place) => {
  test("CREATE INDEX CONCURRENTLY, in TypeScript and in SQL, up and down", async () => {
    const story = await place.begin({
      "versions/a.ts": table,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        header,
        upgrade:
          'op.createIndex("one", "t", ["a"], { concurrently: true }); op.createIndex("two", "t", [sql`a + 1`], { concurrently: true });',
        downgrade:
          'op.dropIndex("two", "t", { concurrently: true }); op.dropIndex("one", "t", { concurrently: true });',
      }),
      "versions/c.sql": `-- revision: c1
-- down-revision: b1
-- transaction: false

-- UP
CREATE INDEX CONCURRENTLY three ON t (n);
VACUUM t;

-- DOWN
DROP INDEX CONCURRENTLY three;
`,
    });
    succeeded(await story.mig(["upgrade"]));
    expect(await indexes(story)).toEqual(
      ["one", "three", "two"].map((name) => ({ name, valid: true })),
    );
    succeeded(await story.mig(["downgrade", "a1"]));
    expect(await indexes(story)).toEqual([]);
    expect(await story.log()).toEqual(["up a1", "up b1", "up c1", "down c1", "down b1"]);
    succeeded(await story.mig(["upgrade"]));
    expect(await indexes(story)).toHaveLength(3);
  });

  describe("one that fails at its second statement", () => {
    const broken = revisionFile({
      revision: "b1",
      down: "a1",
      header,
      upgrade: `op.execute("UPDATE t SET n = n + 1");
  op.createIndex("one", "t", ["a"], { unique: true, concurrently: true });
  op.execute("UPDATE t SET n = n + 10");`,
    });

    async function failedOnce(): Promise<Story> {
      const story = await place.begin({ "versions/a.ts": table, "versions/b.ts": broken });
      const failure = errorOf(await story.mig(["upgrade", "--json"]));
      expect(failure).toMatchObject({
        code: "REVISION_FAILED",
        message: expect.stringContaining("could not create unique index"),
        revision: "b1",
        location: "versions/b.ts:12:6",
        statement: expect.stringMatching(/^CREATE UNIQUE INDEX CONCURRENTLY/),
        state:
          "this revision runs without a transaction: 1 of its 3 statements is done and stays; the database is still at a1; the next run goes on from there",
      });
      expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
      return story;
    }

    const numbers = (story: Story) => story.rows("SELECT DISTINCT n FROM t");

    test("goes on behind the first when its data is mended", async () => {
      const story = await failedOnce();
      // No half of an index is left, which would cost every writer.
      expect(await indexes(story)).toEqual([]);
      await story.rows("UPDATE t SET a = 2 WHERE ctid = (SELECT min(ctid) FROM t)");
      succeeded(await story.mig(["upgrade"]));
      expect(await numbers(story)).toEqual([{ n: 11 }]);
      expect(await indexes(story)).toEqual([{ name: "one", valid: true }]);
      expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1"]);
      expect(await story.heads()).toEqual(["b1"]);
      expect((await story.mig(["upgrade"])).stderr).toBe("already up to date\n");
    });

    test("goes on behind the first when the statement that failed is mended", async () => {
      const story = await failedOnce();
      story.write({ "versions/b.ts": broken.replace("unique: true, ", "") });
      succeeded(await story.mig(["upgrade"]));
      expect(await numbers(story)).toEqual([{ n: 11 }]);
      expect(await indexes(story)).toEqual([{ name: "one", valid: true }]);
    });

    test("may fail again, and again, and loses count of nothing", async () => {
      const story = await failedOnce();
      expect((await story.mig(["upgrade"])).code).toBe(1);
      expect((await story.mig(["upgrade"])).code).toBe(1);
      await story.rows("UPDATE t SET a = 2 WHERE ctid = (SELECT min(ctid) FROM t)");
      succeeded(await story.mig(["upgrade"]));
      expect(await numbers(story)).toEqual([{ n: 11 }]);
      expect(await indexes(story)).toEqual([{ name: "one", valid: true }]);
    });

    test("does not go on when what is done is no longer what the file says", async () => {
      const story = await failedOnce();
      story.write({ "versions/b.ts": broken.replace('n + 1"', 'n + 2"') });
      for (let again = 0; again < 2; again++) {
        expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
          code: "RESUME_IMPOSSIBLE",
          message:
            "revision b1 ran half-way (1 statement), and these are no longer the statements of its file",
          revision: "b1",
          location: "versions/b.ts",
          state:
            "this revision runs without a transaction: 1 of its 3 statements is done and stays; the database is still at a1",
        });
      }
      expect(await numbers(story)).toEqual([{ n: 1 }]);
      // Put back as it was, it goes on.
      story.write({ "versions/b.ts": broken.replace("unique: true, ", "") });
      succeeded(await story.mig(["upgrade"]));
      expect(await numbers(story)).toEqual([{ n: 11 }]);
    });

    test("can be finished by hand and stamped", async () => {
      const story = await failedOnce();
      succeeded(await story.mig(["stamp", "b1"]));
      succeeded(await story.mig(["stamp", "a1"]));
      story.write({
        "versions/b.ts": broken.replace("unique: true, ", "").replace('n + 1"', 'n + 5"'),
      });
      succeeded(await story.mig(["upgrade"]));
      // The stamp made good what was half done: this is a run of its own, from the first statement.
      expect(await numbers(story)).toEqual([{ n: 16 }]);
    });
  });

  describe("one that is killed", () => {
    fault(
      "while an index is built: the invalid index is found, dropped and built again",
      async () => {
        const story = await place.begin({
          "versions/a.ts": table,
          "versions/b.ts": revisionFile({
            revision: "b1",
            down: "a1",
            header,
            upgrade:
              'op.execute("UPDATE t SET n = n + 1"); op.createIndex("one", "t", ["a"], { concurrently: true }); op.execute("UPDATE t SET n = n + 10");',
          }),
        });
        succeeded(await story.mig(["upgrade", "a1"]));
        await beside(story, async () => {
          const running = story.start(["upgrade"]);
          await runs(story, "CREATE INDEX CONCURRENTLY%");
          await running.kill();
        });
        await until(
          async () =>
            (
              await story.rows(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig'",
              )
            ).length === 0,
        );
        succeeded(await story.mig(["upgrade"]));
        expect(await indexes(story)).toEqual([{ name: "one", valid: true }]);
        expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual([{ n: 11 }]);
        expect(await story.log()).toEqual(["up a1", "up b1 unfinished", "up b1"]);
      },
    );

    fault(
      "while an update runs: whether it took effect cannot be told, and it is not run again by itself",
      async () => {
        const story = await place.begin({
          "versions/a.ts": table,
          "versions/b.ts": revisionFile({
            revision: "b1",
            down: "a1",
            header,
            upgrade:
              'op.execute("UPDATE t SET n = n + 1"); op.execute("UPDATE t SET n = n + 10 + length(pg_sleep(0.4)::text)");',
          }),
        });
        succeeded(await story.mig(["upgrade", "a1"]));
        const running = story.start(["upgrade"]);
        await runs(story, "UPDATE%pg_sleep%");
        await running.kill();
        await until(
          async () =>
            (
              await story.rows(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig'",
              )
            ).length === 0,
        );
        const before = await story.rows("SELECT DISTINCT n FROM t");
        for (let again = 0; again < 3; again++) {
          expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
            code: "RESUME_UNCLEAR",
            message:
              "revision b1 was stopped while statement 2 ran, and whether it took effect cannot be told",
            revision: "b1",
            location: "versions/b.ts",
            statement: "UPDATE t SET n = n + 10 + length(pg_sleep(0.4)::text)",
            state:
              "this revision runs without a transaction: 1 of its 2 statements is done and stays; the database is still at a1",
          });
        }
        expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual(before);
        succeeded(await story.mig(["stamp", "b1"]));
        expect((await story.mig(["upgrade"])).stderr).toBe("already up to date\n");
      },
    );

    fault("while it is undone: the way down goes on as well", async () => {
      const story = await place.begin({
        "versions/a.ts": table,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          header,
          upgrade: 'op.createIndex("one", "t", ["a"], { concurrently: true });',
          downgrade:
            'op.execute("UPDATE t SET n = n - 1"); op.dropIndex("one", "t", { concurrently: true });',
        }),
      });
      succeeded(await story.mig(["upgrade"]));
      await beside(story, async () => {
        const running = story.start(["downgrade", "-1"]);
        await runs(story, "DROP INDEX CONCURRENTLY%");
        await running.kill();
      });
      await until(
        async () =>
          (
            await story.rows(
              "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig'",
            )
          ).length === 0,
      );
      expect(await story.heads()).toEqual(["b1"]);
      succeeded(await story.mig(["downgrade", "-1"]));
      expect(await indexes(story)).toEqual([]);
      expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual([{ n: -1 }]);
      expect(await story.log()).toEqual(["up a1", "up b1", "down b1 unfinished", "down b1"]);
    });
  });

  fault(
    "the server ending the session in the middle is told, and the next run goes on",
    async () => {
      const story = await place.begin({
        "versions/a.ts": table,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          header,
          upgrade:
            'op.execute("UPDATE t SET n = n + 1"); op.createIndex("one", "t", ["a"], { concurrently: true });',
        }),
      });
      succeeded(await story.mig(["upgrade", "a1"]));
      await beside(story, async () => {
        const running = story.start(["upgrade", "--json"]);
        await runs(story, "CREATE INDEX CONCURRENTLY%");
        await story.rows(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig'",
        );
        expect(errorOf(await running.ended)).toMatchObject({
          code: "CONNECTION_LOST",
          revision: "b1",
          statement: expect.stringMatching(/^CREATE INDEX CONCURRENTLY/),
          state:
            "this revision runs without a transaction: 1 of its 2 statements is done and stays; the database is still at a1; the next run looks whether the statement that was running took effect",
        });
      });
      succeeded(await story.mig(["upgrade"]));
      expect(await indexes(story)).toEqual([{ name: "one", valid: true }]);
      expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual([{ n: 1 }]);
    },
  );

  test("a killed run of a machine whose process numbers begin anew holds nothing up", async () => {
    const story = await place.begin(
      {
        "versions/a.ts": table,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          header,
          upgrade: 'op.execute("UPDATE t SET n = n + 1");',
        }),
      },
      { lockTimeout: "2s" },
    );
    succeeded(await story.mig(["upgrade", "a1"]));
    // As it is after a container was killed and started again: the number is that of another, younger process.
    await story.rows(`INSERT INTO mig_log (run, batch, direction, revision, message, file, checksum, started_at, statements_done, statements_begun, statements_hash, who, tool_version, environment)
      VALUES ('x', 2, 'up', 'b1', '', '', '', now() - interval '1 year', 0, 0, '', 'root@${hostname()} (pid ${process.pid})', '0', 'dev')`);
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual([{ n: 1 }]);
  });
});

forEachDatabase((place) => {
  test("work that throws is begun again, and what it did is said to stay", async () => {
    const work = (then: string) =>
      revisionFile({
        revision: "b1",
        down: "a1",
        header,
        upgrade: `op.execute("UPDATE t SET n = n + 1"); op.run("fill", async (db) => { await db.run(sql\`UPDATE t SET a = 5\`); ${then} });`,
      });
    const story = await place.begin({
      "versions/a.ts": table,
      "versions/b.ts": work('throw new Error("stop");'),
    });
    expect(errorOf(await story.mig(["upgrade", "--json"])).state).toBe(
      "this revision runs without a transaction: 1 of its 2 statements is done and stays; so does what its unfinished op.run did; the database is still at a1; the next run goes on from there",
    );
    story.write({ "versions/b.ts": work("") });
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT DISTINCT a, n FROM t")).toEqual([{ a: 5, n: 1 }]);
  });
});

forEachDatabase((place) => {
  test("of work that throws first nothing is done, and what it did is said to stay", async () => {
    const upgrade = `op.run("fill", async (db) => { await db.run(sql\`UPDATE t SET a = 5\`); throw new Error("stop"); });`;
    const story = await place.begin({
      "versions/a.ts": table,
      "versions/b.ts": revisionFile({ revision: "b1", down: "a1", header, upgrade }),
    });
    expect(errorOf(await story.mig(["upgrade", "--json"])).state).toBe(
      "this revision runs without a transaction: no statement of it is done; what its unfinished op.run did stays; the database is still at a1; the next run goes on from there",
    );
  });

  test("a transaction of the file's own is done as a whole, and counts as one", async () => {
    const file = (second: string) => `-- revision: b1
-- down-revision: a1
-- transaction: false

-- UP
UPDATE t SET n = n + 1;
-- both or none
BEGIN;
UPDATE t SET n = n + 10;
${second};
COMMIT;
UPDATE t SET n = n + 100;

-- DOWN
UPDATE t SET n = 0;
`;
    const story = await place.begin({
      "versions/a.ts": table,
      "versions/b.sql": file("UPDATE nowhere SET n = 1"),
    });
    for (let again = 0; again < 2; again++) {
      const failure = errorOf(await story.mig(["upgrade", "--json"]));
      expect(failure.location).toBe("versions/b.sql:10");
      expect(failure.state).toBe(
        "this revision runs without a transaction: 1 of its 3 statements is done and stays; the database is still at a1; the next run goes on from there",
      );
      expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual([{ n: 1 }]);
    }
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1 failed"]);
    story.write({ "versions/b.sql": file("UPDATE t SET n = n + 1000") });
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual([{ n: 1111 }]);
    succeeded(await story.mig(["downgrade", "-1"]));
  });

  test("what is half applied is finished before anything below it is undone, or handled by hand", async () => {
    const broken = revisionFile({
      revision: "b1",
      down: "a1",
      header,
      upgrade: 'op.execute("UPDATE t SET n = n + 1"); op.execute("UPDATE nowhere SET n = 1");',
      downgrade: 'op.execute("UPDATE t SET n = n - 1");',
    });
    const story = await place.begin({ "versions/a.ts": table, "versions/b.ts": broken });
    expect((await story.mig(["upgrade"])).code).toBe(1);
    for (const command of [["downgrade", "base"], ["reset"], ["downgrade", "base", "--dry-run"]]) {
      expect(errorOf(await story.mig([...command, "--json"]))).toMatchObject({
        code: "HALF_APPLIED",
        message: "revision b1 is half applied: its last run stopped between two statements",
        help: expect.stringContaining("mig repair --handled b1"),
        state: "nothing was run",
      });
    }
    succeeded(await story.mig(["repair", "--handled", "b1", "--reason", "by hand"]));
    succeeded(await story.mig(["downgrade", "base"]));
    expect(await story.heads()).toEqual([]);
  });

  test("what is half undone is undone to its end, and then runs again", async () => {
    const half = (then: string) =>
      revisionFile({
        revision: "b1",
        down: "a1",
        header,
        upgrade: 'op.execute("UPDATE t SET n = n + 10");',
        downgrade: `op.execute("UPDATE t SET n = n - 10"); op.execute("${then}");`,
      });
    const story = await place.begin({
      "versions/a.ts": table,
      "versions/b.ts": half("UPDATE nowhere SET n = 1"),
      "versions/c.ts": revisionFile({ revision: "c1", down: "b1" }),
    });
    succeeded(await story.mig(["upgrade"]));
    expect((await story.mig(["downgrade", "a1"])).code).toBe(1);
    expect(await story.heads()).toEqual(["b1"]);
    story.write({ "versions/b.ts": half("UPDATE t SET a = 7") });
    succeeded(await story.mig(["upgrade", "--allow-modified"]));
    expect(await story.heads()).toEqual(["c1"]);
    expect(await story.rows("SELECT DISTINCT a, n FROM t")).toEqual([{ a: 7, n: 10 }]);
    expect(await story.log()).toEqual([
      ...["up a1", "up b1", "up c1", "down c1", "down b1 failed"],
      ...["down b1", "up b1", "up c1"],
    ]);
  });
});

describe("SQLite", () => {
  test("VACUUM goes without a transaction; what mig writes itself gets one all the same, children and all", async () => {
    const revision = (statement: string) =>
      revisionFile({
        revision: "b1",
        down: "a1",
        header,
        upgrade: `op.execute("VACUUM");
  op.batchAlterTable("parent", (parent) => { parent.dropConstraint("parent_old"); parent.dropColumn("old"); });
  op.alterColumn("parent", "name", { notNull: true });
  op.execute("${statement}");
  op.addColumn("parent", t.text("new"));`,
      });
    const story = await beginOnSqlite({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: `op.createTable("parent", [t.integer("id", { notNull: true, identity: "byDefault" }), t.text("name"), t.text("old")], [primaryKey("parent_pkey", ["id"]), unique("parent_old", ["old"])]);
  op.createTable("child", [t.integer("parent")], [foreignKey("child_fk", ["parent"], "parent", ["id"], { onDelete: "cascade" })]);
  op.insert("parent", [{ id: 1, name: "x", old: "y" }]); op.insert("child", [{ parent: 1 }]);`,
      }),
      "versions/b.ts": revision("INSERT INTO nowhere VALUES (1)"),
    });
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
      code: "REVISION_FAILED",
      state: expect.stringContaining("3 of its 5 statements are done and stay"),
    });
    expect(await story.rows("SELECT * FROM parent, child")).toEqual([
      { id: 1, name: "x", parent: 1 },
    ]);
    story.write({ "versions/b.ts": revision("ANALYZE") });
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT * FROM parent, child")).toEqual([
      { id: 1, name: "x", new: null, parent: 1 },
    ]);
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1"]);
  });

  test("a run that was killed in work without a transaction is unclear; nothing is done twice", async () => {
    const story = await beginOnSqlite({
      "versions/a.ts": table,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        header: `${header}\nimport { gate } from "../gate.ts";`,
        upgrade:
          'op.execute("UPDATE t SET n = n + 1"); op.run("wait", async () => { await gate("in"); });',
      }),
    });
    const running = story.start(["upgrade"]);
    await story.reached("in");
    // Somebody else waits for it, and takes over when it is gone.
    const other = story.start(["upgrade", "--json"]);
    await until(() => /waiting: /.test(other.said()));
    await running.kill();
    const failure = errorOf(await other.ended);
    expect(failure).toMatchObject({
      code: "RESUME_UNCLEAR",
      revision: "b1",
      statement: "op.run wait",
    });
    expect(await story.rows("SELECT DISTINCT n FROM t")).toEqual([{ n: 1 }]);
    expect(await story.log()).toEqual(["up a1", "up b1 unfinished", "up b1 failed"]);
  });
});
