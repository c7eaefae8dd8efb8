/** What is said of a statement that takes long. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { progress } from "../../src/cli/run-output.ts";
import type { Step } from "../../src/revisions/path.ts";
import { session } from "../support/postgres/database.ts";
import { revisionFile } from "../support/project.ts";
import { beginOnSqlite, forEachPostgres, saying, succeeded } from "../support/story.ts";

forEachPostgres((place) => {
  test("of an index that is built concurrently: its phase, and who is waited for", async () => {
    const story = await place.begin({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: 'op.createTable("t", [t.integer("a")]);',
      }),
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        header: "export const transaction = false;",
        upgrade: 'op.createIndex("t_a", "t", ["a"], { concurrently: true });',
      }),
    });
    succeeded(await story.mig(["upgrade", "a1"]));
    await session(story.url, async (writer) => {
      await writer.query("SET application_name = 'billing'; BEGIN; INSERT INTO t VALUES (1)");
      const running = story.start(["upgrade"]);
      await saying(
        running,
        /^b1: waiting for writers before build, waits for pid \d+ \(billing, idle in transaction\)$/m,
      );
      await sleep(1_200);
      await writer.query("COMMIT");
      const { stderr } = succeeded(await running.ended);
      // Once, as nothing about it changed.
      expect(stderr.match(/waits for/g)).toHaveLength(1);
    });
  });
});

forEachPostgres((place) => {
  test("of statements that travel together: who is waited for", async () => {
    const story = await place.begin({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: 'op.createTable("t", [t.integer("a")]);',
      }),
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade: 'op.createTable("u", [t.integer("a")]); op.addColumn("t", t.integer("b"));',
      }),
    });
    succeeded(await story.mig(["upgrade", "a1"]));
    await session(story.url, async (other) => {
      await other.query("SET application_name = 'billing'; BEGIN; LOCK TABLE t");
      const running = story.start(["upgrade"]);
      await saying(
        running,
        /^b1: 2 statements, waits for pid \d+ \(billing, idle in transaction\)$/m,
      );
      await other.query("COMMIT");
      succeeded(await running.ended);
    });
  });
});

describe("SQLite", () => {
  test("of a copy: how many rows, and how many of them are copied; none is left out or comes twice", async () => {
    const story = await beginOnSqlite({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: 'op.createTable("t", [t.integer("a"), t.text("b")]);',
      }),
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade: 'op.alterColumn("t", "a", { type: t.text("a").type });',
      }),
    });
    succeeded(await story.mig(["upgrade", "a1"]));
    const engine = new Database(join(story.folder, "data/dev.db"));
    const sum = "SELECT count(*) AS n, sum(rowid) AS ids, min(rowid) AS first FROM t";
    engine.exec(`INSERT INTO t (rowid, a, b) WITH RECURSIVE n(i) AS (SELECT -7 UNION ALL SELECT i + 3 FROM n WHERE i < 360000)
      SELECT i, i, 'row' FROM n`);
    const before = engine.prepare(sum).get();
    engine.close();
    const { stderr } = succeeded(await story.mig(["upgrade"]));
    expect(stderr).toBe('b1: copying 120004 rows of "t", 0 %\n');
    expect(await story.rows(sum)).toEqual([before]);
    expect(await story.rows("SELECT DISTINCT typeof(a) AS type FROM t")).toEqual([
      { type: "text" },
    ]);
  });
});

describe("on a terminal", () => {
  const stdout = process.stdout as { isTTY: boolean | undefined; columns: number | undefined };
  const before = { ...{ isTTY: stdout.isTTY, columns: stdout.columns } };
  let written = "";

  beforeEach(() => {
    written = "";
    Object.assign(stdout, { isTTY: true, columns: 60 });
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      written += text;
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    Object.assign(stdout, before);
  });

  test("the line of a revision says it, and nothing of it stays", () => {
    const { begun, onProgress, done } = progress(false);
    const step = { direction: "up", revision: { id: "b1", message: "Index" } } as unknown as Step;
    begun?.(step, { index: 0, count: 2 });
    onProgress({ doing: "building index: scanning table", fraction: 0.429 });
    onProgress({ doing: `CREATE INDEX ${"x".repeat(80)}`, fraction: null });
    done?.(step, 12, { index: 0, count: 2 });
    const lines = written.split("\r\u001b[2K").map((it) => stripVTControlCharacters(it));
    expect(lines).toEqual([
      "",
      "upgrade    b1  Index [1/2] …",
      "upgrade    b1  Index [1/2] … building index: scanning tabl…",
      "upgrade    b1  Index [1/2] … CREATE INDEX xxxxxxxxxxxxxxxx…",
      "upgrade    b1  Index (12 ms)\n",
    ]);
  });
});
