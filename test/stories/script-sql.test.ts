/** `--sql`: scripts that do what mig would have done. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { query } from "../support/postgres/database.ts";
import { revisionFile } from "../support/project.ts";
import {
  copyExample,
  errorOf,
  forEachDatabase,
  forEachPostgres,
  type Story,
  succeeded,
} from "../support/story.ts";

const head = "f1c0a8d2e47b";

/** What the log says, but for when and who. */
function logged(story: Story) {
  return story.rows(
    "SELECT batch, direction, revision, message, file, checksum, success, error, statements_begun, tool_version, environment FROM mig_log ORDER BY id",
  );
}

forEachDatabase((place) => {
  async function example(): Promise<Story> {
    const story = await place.begin();
    copyExample(story);
    return story;
  }

  /** A URL of this kind of database that nothing can be reached at. */
  const nowhere =
    place.dialect === "sqlite" ? "sqlite:not/here.db" : "postgres://me@127.0.0.1:1/nowhere";

  const script = async (story: Story, ...args: string[]) =>
    succeeded(await story.mig([...args, "--sql"], { env: { DATABASE_URL: nowhere } })).stdout;

  test("the script of the whole history makes the same schema, version table and log", async () => {
    const [byMig, byScript] = [await example(), await example()];
    succeeded(await byMig.mig(["upgrade", "head"]));
    await byScript.exec(await script(byScript, "upgrade", "head"));
    expect(await byScript.schema()).toBe(await byMig.schema());
    expect(await byScript.heads()).toEqual([head]);
    expect(await byScript.log()).toEqual(await byMig.log());
    const told = (rows: Record<string, unknown>[]) =>
      rows.map((row) => ({ ...row, statements_begun: null }));
    expect(told(await logged(byScript))).toEqual(told(await logged(byMig)));
    const [late] = await byScript.rows<{ n: number }>(
      "SELECT CAST(count(*) AS integer) AS n FROM mig_log WHERE who LIKE '%(pid %' AND started_at IS NOT NULL",
    );
    expect(late).toEqual({ n: 10 });
    // And mig takes it from there.
    expect((await byScript.mig(["upgrade"])).stderr).toBe("already up to date\n");
    const { revisions } = (await byScript.mig(["status", "--json"])).json<{
      revisions: { state: string; appliedAt: string }[];
    }>();
    expect(new Set(revisions.map(({ state }) => state))).toEqual(new Set(["applied"]));
    for (const { appliedAt } of revisions)
      expect(Math.abs(Date.parse(appliedAt) - Date.now())).toBeLessThan(60_000);
    succeeded(await byScript.mig(["downgrade", "base"]));
    expect(await byScript.schema()).toBe("");
  });

  test("ranges go on where a database is, and back", async () => {
    const [byMig, byScript] = [await example(), await example()];
    succeeded(await byMig.mig(["upgrade", "9b1e0c4d2a77"]));
    succeeded(await byScript.mig(["upgrade", "9b1e0c4d2a77"]));
    const before = await byMig.schema();
    succeeded(await byMig.mig(["upgrade", "e3d5c7b9a1f0"]));
    await byScript.exec(await script(byScript, "upgrade", "9b1e:e3d5"));
    expect(await byScript.schema()).toBe(await byMig.schema());
    expect(await byScript.heads()).toEqual(["e3d5c7b9a1f0"]);

    await byScript.exec(await script(byScript, "downgrade", "e3d5:9b1e"));
    expect(await byScript.schema()).toBe(before);
    expect(await byScript.heads()).toEqual(["9b1e0c4d2a77"]);
    await byScript.exec(await script(byScript, "downgrade", "9b1e:base"));
    expect([await byScript.schema(), await byScript.heads()]).toEqual(["", []]);
    expect((await byScript.log()).slice(-3)).toEqual([
      "down 9b1e0c4d2a77",
      "down 7c1e5b0f9a32",
      "down 0001",
    ]);
  });

  test("rows stay when the script changes their table, with the children that would go by cascade", async () => {
    const story = await example();
    await story.exec(await script(story, "upgrade", "head"));
    await story.exec(
      `INSERT INTO users (id, email, name) VALUES (1, 'a', 'A');
      INSERT INTO job_applications (id, user_id, company, title, slug) VALUES (5, 1, 'c', 't', 's');
      INSERT INTO interviews (id, application_id, held_at) VALUES (6, 5, '2026-01-01T00:00:00Z');
      INSERT INTO activities (id, user_id, application_id, kind) VALUES (7, 1, 5, 'k');`,
    );
    await story.exec(await script(story, "downgrade", "head:9b1e"));
    expect(
      await story.rows(
        "SELECT job_applications.id AS a, interviews.id AS i, activities.id AS v FROM job_applications, interviews, activities",
      ),
    ).toEqual([{ a: 5, i: 6, v: 7 }]);
    expect(await story.heads()).toEqual(["9b1e0c4d2a77", "ac10a7e5f002"]);
  });

  test("what each part does is said, and work in TypeScript is said to be left out", async () => {
    const story = await example();
    const printed = await story.mig(["upgrade", "9b1e:3f2a", "--sql"], {
      env: { DATABASE_URL: nowhere },
    });
    expect(printed.stdout).toMatch(
      /^-- (run this script with `.*)\n\n-- upgrade 9b1e0c4d2a77 -> 3f2a9c1d7b04: Give applications a slug\n/,
    );
    expect(printed.stdout).toContain("-- + column job_applications.slug\n");
    expect(printed.stdout).toContain(
      '-- not in this script: "make a slug for every application", work in TypeScript (op.run)\n',
    );
    expect(printed.stderr).toMatch(
      /^warning: run this script with `.*\nwarning: revision 3f2a9c1d7b04 does work in TypeScript \("make a slug for every application"\) that a script cannot hold\n$/,
    );
  });

  test("printing touches nothing: no file, no server, no work of a revision", async () => {
    const work = (name: string) =>
      `op.run("tell the world", () => { throw new Error("${name} ran"); });`;
    const story = await place.begin({
      "versions/a.ts": revisionFile({ revision: "a1", upgrade: work("a1") }),
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade: work("b1"),
        downgrade: work("b1"),
      }),
    });
    for (const args of [
      ["upgrade"],
      ["upgrade", "a1:b1"],
      ["downgrade", "b1:base"],
      ["stamp", "b1"],
    ]) {
      expect(await script(story, ...args)).toContain("mig_version");
    }
    expect(existsSync(join(story.folder, "not"))).toBe(false);
    expect(existsSync(join(story.folder, "data"))).toBe(false);
  });

  test("stamp as a script marks a database as it does itself", async () => {
    const [byMig, byScript] = [await example(), await example()];
    succeeded(await byMig.mig(["stamp", "9b1e", "ac10a7e5f002"]));
    await byScript.exec(await script(byScript, "stamp", "9b1e", "ac10a7e5f002"));
    expect(await byScript.heads()).toEqual(["9b1e0c4d2a77", "ac10a7e5f002"]);
    const told = (rows: Record<string, unknown>[]) =>
      rows.map(({ revision, direction, checksum }) => ({ revision, direction, checksum }));
    expect(told(await logged(byScript))).toEqual(told(await logged(byMig)));
    await byScript.exec(await script(byScript, "stamp", "9b1e:3f2a"));
    expect(await byScript.heads()).toEqual(["3f2a9c1d7b04", "ac10a7e5f002"]);
  });

  describe("--json", () => {
    test("holds the script in one document", async () => {
      const story = await example();
      const document = async (...args: string[]) =>
        succeeded(
          await story.mig([...args, "--sql", "--json"], { env: { DATABASE_URL: nowhere } }),
        ).json<{ dialect: string; sql: string }>();
      for (const args of [
        ["upgrade", "head"],
        ["upgrade", "0001:7c1e"],
        ["downgrade", "7c1e:base"],
        ["stamp", "head"],
      ]) {
        const { dialect, sql } = await document(...args);
        expect(dialect).toBe(place.dialect);
        const bare = (text: string) =>
          text.replace(/'[0-9a-f-]{36}'|'[0-9a-f]{8}-%'|\(pid \d+\)/g, "");
        expect(bare(sql)).toBe(bare(await script(story, ...args)));
      }
      expect(await document("upgrade", "0001:0001")).toEqual({ dialect: place.dialect, sql: "" });
      const nothing = succeeded(await story.mig(["upgrade", "0001:0001", "--sql"]));
      expect([nothing.stdout, nothing.stderr]).toEqual(["", "nothing to do\n"]);
    });
  });

  test("a way down without its start, or the wrong way round, is an error", async () => {
    const story = await example();
    const code = async (...args: string[]) =>
      errorOf(await story.mig([...args, "--sql", "--json"], { env: { DATABASE_URL: nowhere } }))
        .code;
    expect(await code("downgrade", "9b1e")).toBe("INVALID_RANGE");
    expect(await code("downgrade", "-1")).toBe("INVALID_RANGE");
    expect(await code("upgrade", "9b1e:0001")).toBe("INVALID_RANGE");
    expect(await code("downgrade", "0001:9b1e")).toBe("INVALID_DOWNGRADE_TARGET");
  });

  test("what cannot be compiled is told with its place, as online", async () => {
    const broken = revisionFile({
      revision: "b1",
      down: "a1",
      upgrade: `op.createTable("b", [t.integer("id")]);
  op.alterColumn("b", op.dialect === "sqlite" ? "nothere" : "${"x".repeat(70)}", { type: t.text("x").type });`,
    });
    const story = await place.begin({
      "versions/a.ts": revisionFile({ revision: "a1" }),
      "versions/b.ts": broken,
    });
    for (const how of [["upgrade", "--sql"], ["upgrade", "a1:b1", "--sql"], ["upgrade"]]) {
      expect(errorOf(await story.mig([...how, "--json"]))).toMatchObject({
        code: place.dialect === "sqlite" ? "COLUMN_MISSING" : "NAME_TOO_LONG",
        revision: "b1",
        location: "versions/b.ts:12:6",
      });
    }
  });

  test("SQL that needs rows does not keep a script from being printed", async () => {
    const story = await place.begin({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: `op.createTable("a", [t.integer("id", { notNull: true }), t.text("name")]);
  op.insert("a", [{ id: 1, name: null }]);
  op.run("name it", async (db) => { await db.run("UPDATE a SET name = 'x'"); });
  op.execute("INSERT INTO a (id) SELECT max(id) FROM a WHERE id > 1");
  op.alterColumn("a", "name", { notNull: true });`,
      }),
    });
    const printed = succeeded(await story.mig(["upgrade", "--sql"]));
    expect(printed.stdout).toContain("SELECT max(id)");
    expect(printed.stdout).toContain("-- ~ column a.name: not null");
  });

  test("--transaction all is one transaction", async () => {
    const story = await place.begin({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: 'op.createTable("a", [t.integer("id")]);',
      }),
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade:
          'op.execute("INSERT INTO a VALUES (1)"); op.execute("INSERT INTO nowhere VALUES (1)");',
      }),
    });
    const sql = await script(story, "upgrade", "--transaction", "all");
    expect(sql.match(/^BEGIN/gm)).toHaveLength(1);
    if (place.dialect === "postgresql") {
      await expect(story.exec(sql)).rejects.toThrow("nowhere");
      expect(await story.schema()).toBe("");
    }
    const each = await script(story, "upgrade");
    expect(each.match(/^BEGIN/gm)).toHaveLength(2);
  });
});

forEachPostgres((place) => {
  test("a script without concurrent work runs as a single message too", async () => {
    const [byMig, byScript] = [await place.begin(), await place.begin()];
    for (const story of [byMig, byScript]) copyExample(story);
    succeeded(await byMig.mig(["upgrade", "3f2a"]));
    await query(byScript.url, succeeded(await byScript.mig(["upgrade", "3f2a", "--sql"])).stdout);
    expect(await byScript.schema()).toBe(await byMig.schema());
    expect(await byScript.log()).toEqual(await byMig.log());
  });

  test("an index that is built concurrently stands outside of transactions", async () => {
    const story = await place.begin();
    copyExample(story);
    const { stdout } = succeeded(await story.mig(["upgrade", "9b1e:5d8f", "--sql"]));
    expect(stdout).not.toMatch(/^BEGIN/m);
    expect(stdout).toMatch(/^CREATE INDEX CONCURRENTLY/m);
  });
});
