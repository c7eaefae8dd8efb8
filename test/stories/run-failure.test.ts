/** A revision that fails: what is said, what is left, and how it goes on. */
import { describe, expect, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import {
  beginOnSqlite,
  errorOf,
  forEachDatabase,
  forEachPostgres,
  type Story,
  succeeded,
} from "../support/story.ts";

const first = revisionFile({
  revision: "a1",
  upgrade:
    'op.createTable("people", [t.integer("id", { notNull: true }), t.text("name")]); op.insert("people", [{ id: 1, name: null }, { id: 2, name: "Ada" }]);',
  downgrade: 'op.dropTable("people");',
});

/** Line and column of `text` in a file, as an editor counts. */
function placeOf(file: string, text: string): string {
  const before = file.slice(0, file.indexOf(text)).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

async function attempt(story: Story, ...args: string[]) {
  const plain = await story.mig(args);
  expect(plain.code).toBe(1);
  expect(plain.stderr).toMatch(/^error: /m);
  return plain.stderr;
}

async function failures(story: Story): Promise<readonly Record<string, unknown>[]> {
  const rows = await story.rows(
    "SELECT direction, revision, success, error FROM mig_log ORDER BY id",
  );
  return rows
    .filter(({ success }) => !success)
    .map(({ direction, revision, error }) => ({ direction, revision, error }));
}

forEachDatabase((place) => {
  const here = place.dialect;

  test("a revision that fails in the middle is undone, told with its place, logged, and goes on when it is mended", async () => {
    const broken = revisionFile({
      revision: "b1",
      down: "a1",
      upgrade: `op.addColumn("people", t.text("mail"));
  op.execute("UPDATE people SET nothere = 1");
  op.createTable("never", [t.integer("id")]);`,
    });
    const story = await place.begin({ "versions/a.ts": first, "versions/b.ts": broken });
    succeeded(await story.mig(["upgrade", "a1"]));
    const before = await story.schema();

    const why =
      here === "sqlite"
        ? "no such column: nothere"
        : /column "nothere" of relation "people" does not exist.*/;
    const said = await attempt(story, "upgrade", "head");
    const lines = said.trimEnd().split("\n");
    expect(lines[0]).toMatch(
      new RegExp(`^error: revision b1 failed: ${why instanceof RegExp ? why.source : why}$`),
    );
    expect(lines.slice(1)).toEqual([
      `  versions/b.ts:${placeOf(broken, 'execute("UPDATE')}`,
      "  UPDATE people SET nothere = 1",
      "help: the revision was rolled back; the database is still at a1; correct the revision and run it again",
    ]);
    expect(errorOf(await story.mig(["upgrade", "head", "--json"]))).toEqual({
      code: "REVISION_FAILED",
      message: lines[0]?.replace("error: ", ""),
      help: "correct the revision and run it again",
      revision: "b1",
      location: `versions/b.ts:${placeOf(broken, 'execute("UPDATE')}`,
      statement: "UPDATE people SET nothere = 1",
      state: "the revision was rolled back; the database is still at a1",
    });

    expect(await story.heads()).toEqual(["a1"]);
    expect(await story.schema()).toBe(before);
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1 failed"]);
    expect(await failures(story)).toEqual(
      Array(2).fill({ direction: "up", revision: "b1", error: lines[0]?.replace("error: ", "") }),
    );
    const states = (await story.mig(["status", "--json"])).json<{
      revisions: { state: string }[];
    }>();
    expect(states.revisions.map(({ state }) => state)).toEqual(["applied", "failed"]);

    story.write({ "versions/b.ts": broken.replace("nothere", "mail") });
    succeeded(await story.mig(["upgrade", "head"]));
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1 failed", "up b1"]);
    expect(await story.rows("SELECT mail FROM people")).toEqual([{ mail: "1" }, { mail: "1" }]);
  });

  test("those before it in the same run stay, and those behind it are not begun", async () => {
    const story = await place.begin({
      "versions/a.ts": first,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade: 'op.execute("SELECT 1/0 FROM nowhere");',
      }),
      "versions/c.ts": revisionFile({ revision: "c1", down: "b1" }),
    });
    const said = await story.mig(["upgrade"]);
    expect([said.code, said.stdout.split(" (")[0]]).toEqual([1, "upgrade    a1  a1"]);
    expect(await story.heads()).toEqual(["a1"]);
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
  });

  test("work that throws is told with the line that threw, and undone", async () => {
    const broken = revisionFile({
      revision: "b1",
      down: "a1",
      upgrade: `op.run("name everybody", async (db) => {
    await db.run(sql\`UPDATE people SET name = \${"x"}\`);
    await Promise.resolve();
    throw new Error("no more names");
  });`,
    });
    const story = await place.begin({ "versions/a.ts": first, "versions/b.ts": broken });
    const failure = errorOf(await story.mig(["upgrade", "--json"]));
    expect(failure).toMatchObject({
      code: "REVISION_FAILED",
      message: "revision b1 failed: name everybody: no more names",
      location: `versions/b.ts:${placeOf(broken, 'new Error("no more')}`,
      state: "the revision was rolled back; the database is still at a1",
    });
    expect(await story.rows("SELECT name FROM people WHERE name = 'x'")).toEqual([]);

    // A query that fails in there is told the same way.
    story.write({
      "versions/b.ts": broken.replace(
        'throw new Error("no more names")',
        "await db.all(sql`SELECT oops FROM people`)",
      ),
    });
    const query = errorOf(await story.mig(["upgrade", "--json"]));
    expect(query).toMatchObject({
      code: "REVISION_FAILED",
      message: expect.stringContaining("oops"),
      revision: "b1",
    });
    expect(query.location).toMatch(/^versions\/b\.ts:\d+:\d+$/);
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1 failed"]);
  });

  test("a .sql revision is told with the line of its file", async () => {
    const broken = `-- revision: b1
-- down-revision: a1

-- UP
CREATE TABLE "semi;colon" (id integer);

-- This one
-- goes wrong.
INSERT INTO people (id, oops)
  VALUES (1, 'x');

-- DOWN
DROP TABLE "semi;colon";
`;
    const story = await place.begin({ "versions/a.ts": first, "versions/b.sql": broken });
    const failure = errorOf(await story.mig(["upgrade", "--json"]));
    expect(failure).toMatchObject({
      code: "REVISION_FAILED",
      revision: "b1",
      location: "versions/b.sql:9",
      statement: expect.stringContaining("INSERT INTO people (id, oops)\n  VALUES (1, 'x')"),
      state: "the revision was rolled back; the database is still at a1",
    });
    expect(await story.schema()).not.toContain("semi");
    story.write({ "versions/b.sql": broken.replace("oops", "name") });
    succeeded(await story.mig(["upgrade"]));
    expect(await story.schema()).toContain("semi;colon");
  });

  test("a downgrade that fails leaves the revision applied", async () => {
    const story = await place.begin({
      "versions/a.ts": revisionFile({ revision: "a1" }),
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        downgrade: 'op.dropTable("nothere");',
      }),
    });
    succeeded(await story.mig(["upgrade"]));
    const failure = errorOf(await story.mig(["downgrade", "base", "--json"]));
    expect(failure.revision).toBe("b1");
    expect(failure.state).toBe("the revision was rolled back; the database is still at b1");
    expect(await story.heads()).toEqual(["b1"]);
    expect(await story.log()).toEqual(["up a1", "up b1", "down b1 failed"]);
  });

  describe("--transaction all", () => {
    test("rolls everything back", async () => {
      const story = await place.begin({
        "versions/a.ts": first,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          upgrade: 'op.createTable("b", [t.integer("id")]);',
          downgrade: 'op.dropTable("b");',
        }),
        "versions/c.ts": revisionFile({
          revision: "c1",
          down: "b1",
          upgrade: 'op.execute("INSERT INTO nowhere VALUES (1)");',
        }),
      });
      const failure = errorOf(await story.mig(["upgrade", "--transaction", "all", "--json"]));
      expect(failure).toMatchObject({
        revision: "c1",
        statement: "INSERT INTO nowhere VALUES (1)",
        state: "the whole run was rolled back; the database is still at base",
      });
      expect(await story.heads()).toEqual([]);
      expect(await story.schema()).toBe("");
      expect(await story.log()).toEqual(["up c1 failed"]);
      story.write({ "versions/c.ts": revisionFile({ revision: "c1", down: "b1" }) });
      succeeded(await story.mig(["upgrade", "--transaction", "all"]));
      expect(await story.log()).toEqual(["up c1 failed", "up a1", "up b1", "up c1"]);
      succeeded(await story.mig(["downgrade", "base", "--transaction", "all"]));
      expect([await story.heads(), await story.schema()]).toEqual([[], ""]);
    });

    test("says so when it is the commit that fails", async () => {
      // Checked at the end: by PostgreSQL because it is deferred, by mig on SQLite after a rebuild.
      const deferred = `op.execute("CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");`;
      const story = await place.begin({
        "versions/a.ts": revisionFile({
          revision: "a1",
          upgrade: `op.execute("CREATE TABLE parent (id integer PRIMARY KEY)"); ${deferred}`,
        }),
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          upgrade: 'op.execute("INSERT INTO child VALUES (1, 77)");',
        }),
      });
      const failure = errorOf(await story.mig(["upgrade", "--transaction", "all", "--json"]));
      expect(failure).toMatchObject({
        code: "REVISION_FAILED",
        revision: "b1",
        message: expect.stringMatching(/foreign key/i),
        state: "the whole run was rolled back; the database is still at base",
      });
      expect(await story.log()).toEqual(["up b1 failed"]);
      expect(await story.schema()).toBe("");
      const alone = errorOf(await story.mig(["upgrade", "--json"]));
      expect(alone).toMatchObject({
        revision: "b1",
        state: "the revision was rolled back; the database is still at a1",
      });
    });

    test("refuses a revision that cannot be in a transaction, and runs nothing", async () => {
      const story = await place.begin({
        "versions/a.ts": first,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          header: "export const transaction = false;",
          upgrade: 'op.execute("VACUUM");',
        }),
      });
      for (const how of [[], ["--sql"]]) {
        const failure = errorOf(
          await story.mig(["upgrade", "--transaction", "all", "--json", ...how]),
        );
        expect(failure).toMatchObject({
          code: "MIXED_TRANSACTION",
          revision: "b1",
          location: "versions/b.ts",
          state: "nothing was run",
        });
      }
      if (here === "postgresql") expect(await story.schema()).toBe("");
      succeeded(await story.mig(["upgrade"]));
    });
  });

  test("what needs no transaction and does not say so is found before anything runs", async () => {
    const broken = revisionFile({ revision: "b1", down: "a1", upgrade: 'op.execute("VACUUM");' });
    const story = await place.begin({ "versions/a.ts": first, "versions/b.ts": broken });
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
      code: "NEEDS_NO_TRANSACTION",
      message: "VACUUM cannot run in a transaction",
      revision: "b1",
      location: `versions/b.ts:${placeOf(broken, 'execute("VACUUM')}`,
      state: "nothing was run",
    });
    story.write({ "data/.keep": "" });
    expect(await story.schema()).toBe("");
    await expect(story.heads()).rejects.toThrow();
  });

  test("a revision that ends the transaction itself is found out", async () => {
    const story = await place.begin({
      "versions/a.ts": first,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade:
          'op.run("commit", async (db) => { await db.run("COMMIT"); await db.all("SELECT 1 AS one"); });',
      }),
    });
    const failure = errorOf(await story.mig(["upgrade", "--json"]));
    expect(failure).toMatchObject({
      code: "TRANSACTION_ENDED",
      help: expect.stringContaining("may have been committed"),
      revision: "b1",
      state: "the revision's transaction is over; the version table is at a1",
    });
    expect(await story.heads()).toEqual(["a1"]);
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
  });
});

describe("SQLite", () => {
  test("rows in the way of a change are counted before anything is changed", async () => {
    const broken = revisionFile({
      revision: "b1",
      down: "a1",
      upgrade: `op.execute("INSERT INTO people VALUES (3, NULL)");
  op.alterColumn("people", "name", { notNull: true });`,
    });
    const story = await beginOnSqlite({ "versions/a.ts": first, "versions/b.ts": broken });
    const failure = errorOf(await story.mig(["upgrade", "--json"]));
    expect(failure).toMatchObject({
      code: "ROWS_IN_THE_WAY",
      message: expect.stringMatching(/^2 rows of "people" .*null \(rowid 1, 3\)$/),
      revision: "b1",
      location: `versions/b.ts:${placeOf(broken, "alterColumn")}`,
      state: "the revision was rolled back; the database is still at a1",
    });
    expect(await story.rows("SELECT id FROM people")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await story.log()).toEqual(["up a1", "up b1 failed"]);
  });
});

forEachPostgres((place) => {
  test("more tables than one transaction can lock are refused before the first is made", async () => {
    const many = (revision: string, down: string | null) =>
      revisionFile({
        revision,
        down,
        upgrade: `for (let i = 0; i < 9000; i++) op.createTable(\`${revision}_\${i}\`, [t.integer("id", { notNull: true })], [primaryKey(\`${revision}_\${i}_pkey\`, ["id"])]);`,
      });
    const story = await place.begin({ "versions/a.ts": first, "versions/b.ts": many("b1", "a1") });
    const failure = errorOf(await story.mig(["upgrade", "--json"]));
    expect(failure).toMatchObject({
      code: "TOO_MANY_LOCKS",
      message: expect.stringMatching(
        /^this run would lock about 18000 tables in one transaction; the server holds about \d+$/,
      ),
      revision: "b1",
      location: "versions/b.ts",
      state: "nothing was run",
    });
    expect(await story.schema()).toBe("");
  });
});
