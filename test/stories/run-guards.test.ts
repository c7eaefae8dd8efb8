/** What would go wrong without a word: each is said, and nothing is left half-way. */
import { expect, test } from "vitest";
import { session } from "../support/postgres/database.ts";
import { revisionFile } from "../support/project.ts";
import {
  beginOnSqlite,
  errorOf,
  forEachDatabase,
  forEachPostgres,
  succeeded,
} from "../support/story.ts";

const people = revisionFile({
  revision: "a1",
  upgrade: `op.createTable("people", [t.integer("id", { notNull: true }), t.text("name")]);
  op.insert("people", [{ id: 1, name: "Ada" }, { id: 2, name: null }]);`,
  downgrade: 'op.dropTable("people");',
});

forEachDatabase((place) => {
  const behindPeople = async (upgrade: string) => {
    const story = await place.begin({
      "versions/a.ts": people,
      "versions/b.ts": revisionFile({ revision: "b1", down: "a1", upgrade }),
    });
    return story;
  };

  test.each([
    ['op.addColumn("people", t.text("x", { notnull: true } as object));', "notnull"],
    ['op.addColumn("people", t.text("x", { unique: true } as object));', "unique"],
    ['op.alterColumn("people", "name", { nullable: false } as object);', "nullable"],
    ['op.createIndex("i", "people", ["name"], { using: "gin" } as object);', "using"],
    [
      'op.addConstraint("people", unique("u", ["id"], { nullsEqual: true } as never));',
      "nullsEqual",
    ],
    ['op.createTable("t", [t.integer("id")], [], { temporary: true } as object);', "temporary"],
    ['op.dropTable("people", { cascade: true } as object);', "cascade"],
  ])(
    "an option that mig does not know is refused before anything runs: %s",
    async (upgrade, option) => {
      const story = await behindPeople(upgrade);
      const error = errorOf(await story.mig(["upgrade", "--json"]));
      expect(error).toMatchObject({ code: "OPERATION_INVALID", revision: "b1" });
      expect(error.message).toContain(`the option "${option}" is unknown`);
      expect((await story.mig(["current", "--json"])).json()).toMatchObject({ current: [] });
    },
  );

  test("an alteration that changes nothing is refused", async () => {
    const story = await behindPeople('op.alterColumn("people", "name", {});');
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
      code: "OPERATION_INVALID",
      message: "alterColumn: it changes nothing",
    });
  });

  test("`using` without a type rewrites the rows, and they satisfy what is demanded next", async () => {
    const story = await behindPeople(
      `op.alterColumn("people", "name", { notNull: true, using: sql\`coalesce(name, 'nobody')\` });`,
    );
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT name FROM people ORDER BY id")).toEqual([
      { name: "Ada" },
      { name: "nobody" },
    ]);
  });

  test("op does not record once upgrade() has returned", async () => {
    const story = await behindPeople(
      `op.run("late", async () => { op.execute("DELETE FROM people"); });`,
    );
    const error = errorOf(await story.mig(["upgrade", "--json"]));
    expect(error.message).toContain("upgrade() has returned");
    expect(await story.rows("SELECT id FROM people")).toHaveLength(2);
    expect(await story.heads()).toEqual(["a1"]);
  });

  test("a promise that nobody waits for ends the run with 1, and one document", async () => {
    const story = await behindPeople(
      'op.run("stray", async () => { Promise.reject(new Error("lost")); await new Promise((go) => setTimeout(go, 200)); });',
    );
    const result = await story.mig(["upgrade", "--json"]);
    expect(result.code).toBe(1);
    expect(result.json()).toMatchObject({ error: { code: "INTERNAL", message: "lost" } });
    expect(await story.heads()).toEqual(["a1"]);
  });
});

/** As psql does it without ON_ERROR_STOP: one statement after the other, whatever becomes of them. */
async function withoutStopping(url: string, script: string): Promise<void> {
  await session(url, async (client) => {
    for (const part of script.split(/(?<=;)\n\n/)) await client.query(part).catch(() => {});
  });
}

forEachPostgres((place) => {
  test("queries of op.run that are not awaited fail the revision", async () => {
    const story = await place.begin({
      "versions/a.ts": people,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade:
          'op.run("insert two", async (db) => { for (const n of ["3", "4"]) db.run("INSERT INTO people (id) VALUES (" + n + ")"); });',
      }),
    });
    const error = errorOf(await story.mig(["upgrade", "--json"]));
    expect(error).toMatchObject({ code: "WORK_NOT_AWAITED", revision: "b1" });
    expect(await story.rows("SELECT id FROM people")).toHaveLength(2);
    expect(await story.heads()).toEqual(["a1"]);
  });

  test("a script that went on after a failure, or starts at the wrong place, runs no further revision", async () => {
    const story = await place.begin({
      "versions/a.ts": people,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade: 'op.execute("SELECT 1/0");',
      }),
      "versions/c.ts": revisionFile({
        revision: "c1",
        down: "b1",
        upgrade: 'op.execute("CREATE TABLE never ()");',
      }),
    });
    succeeded(await story.mig(["upgrade", "a1"]));
    for (const range of ["a1:c1", "b1:c1"]) {
      const script = succeeded(await story.mig(["upgrade", range, "--sql"])).stdout;
      await withoutStopping(story.url, script);
      expect(await story.heads()).toEqual(["a1"]);
      expect(await story.rows("SELECT to_regclass('never') AS found")).toEqual([{ found: null }]);
    }
  });

  test("a lockTimeout of 0 is the shortest, and not none", async () => {
    const story = await place.begin(
      {
        "versions/a.ts": people,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          upgrade: 'op.addColumn("people", t.text("x"));',
        }),
      },
      { lockTimeout: "0s" },
    );
    succeeded(await story.mig(["upgrade", "a1"]));
    const result = await session(story.url, async (other) => {
      await other.query("BEGIN; LOCK TABLE people");
      return story.mig(["upgrade"]);
    });
    expect(result).toMatchObject({ code: 1 });
    expect(result.stderr).toContain("lock timeout");
  });
});

test("a rebuild that was written by hand keeps the rows that refer to the table", async () => {
  const story = await beginOnSqlite({
    "versions/a.sql": `-- revision: a1
-- down-revision: none
-- UP
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent (id) ON DELETE CASCADE);
INSERT INTO parent VALUES (1), (2);
INSERT INTO child VALUES (1, 1), (2, 2);
`,
    "versions/b.sql": `-- revision: b1
-- down-revision: a1
-- UP
CREATE TABLE __new_parent (id integer PRIMARY KEY, name text);
INSERT INTO __new_parent (id) SELECT id FROM parent;
DROP TABLE parent;
ALTER TABLE __new_parent RENAME TO parent;
`,
  });
  succeeded(await story.mig(["upgrade"]));
  expect(await story.rows("SELECT id FROM child")).toHaveLength(2);
});

test("in a script, too, a rebuild beside VACUUM has a transaction of its own", async () => {
  const story = await beginOnSqlite({
    "versions/a.ts": people,
    "versions/b.ts": revisionFile({
      revision: "b1",
      down: "a1",
      header: "export const transaction = false;",
      upgrade:
        'op.execute("DELETE FROM people WHERE name IS NULL"); op.alterColumn("people", "name", { notNull: true }); op.execute("VACUUM");',
    }),
  });
  const script = succeeded(await story.mig(["upgrade", "a1:b1", "--sql"])).stdout;
  expect(script).toMatch(/BEGIN IMMEDIATE;[\s\S]*RENAME TO[\s\S]*COMMIT;[\s\S]*VACUUM;/);
  succeeded(await story.mig(["upgrade", "a1"]));
  await story.exec(script);
  expect(await story.heads()).toEqual(["b1"]);
});

forEachDatabase((place) => {
  test("what can be told without the database is told before the first revision runs", async () => {
    const story = await place.begin({
      "versions/a.ts": people,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade:
          place.dialect === "sqlite"
            ? 'op.createTable("x", []);'
            : `op.dropTable("${"x".repeat(70)}");`,
      }),
    });
    const error = errorOf(await story.mig(["upgrade", "--json"]));
    expect(error).toMatchObject({ revision: "b1", state: "nothing was run" });
    expect(error.location).toMatch(/^versions\/b\.ts:\d+:\d+$/);
    expect((await story.mig(["current", "--json"])).json()).toMatchObject({ current: [] });
  });

  test("what a revision says to the console is no result", async () => {
    const story = await place.begin({
      "versions/a.ts": people.replace(
        "export function upgrade",
        'console.log("hello");\nexport function upgrade',
      ),
    });
    const result = succeeded(await story.mig(["upgrade", "--json"]));
    expect(result.json()).toMatchObject({ current: ["a1"] });
    expect(result.stderr).toContain("hello");
  });

  test("a marker of another tool is no comment", async () => {
    const story = await place.begin({
      "versions/a.sql":
        "-- revision: a1\n-- down-revision: none\nCREATE TABLE raw (id integer);\n-- migrate:down\nDROP TABLE raw;\n",
    });
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
      code: "SQL_SECTION_INVALID",
      location: "versions/a.sql:4",
    });
  });
});

forEachDatabase((place) => {
  test("a script has a number of its own in the log, the same for all its revisions", async () => {
    const revision = (id: string, down: string | null) =>
      revisionFile({ revision: id, down, upgrade: 'op.execute("SELECT 1");' });
    const story = await place.begin({
      "versions/a.ts": revision("a1", null),
      "versions/b.ts": revision("b1", "a1"),
      "versions/c.ts": revision("c1", "b1"),
      "versions/d.ts": revision("d1", "c1"),
    });
    for (const range of ["a1", "a1:c1", "c1:d1"]) {
      await story.exec(succeeded(await story.mig(["upgrade", range, "--sql"])).stdout);
    }
    expect(await story.rows("SELECT revision, batch FROM mig_log ORDER BY id")).toEqual([
      { revision: "a1", batch: 1 },
      { revision: "b1", batch: 2 },
      { revision: "c1", batch: 2 },
      { revision: "d1", batch: 3 },
    ]);
    succeeded(await story.mig(["downgrade", "-1"]));
    expect(await story.rows("SELECT max(batch) AS last FROM mig_log")).toEqual([{ last: 4 }]);
  });
});
