/** A server that has no space left for what a statement needs. A disk that is full: full-disk.test.ts, and for SQLite kill-rebuild.test.ts. */
import { expect } from "vitest";
import { revisionFile } from "../support/project.ts";
import { errorOf, forEachPostgres, type Story, succeeded } from "../support/story.ts";
import { fault } from "./cases.ts";

const files = (header: string, options: string) => ({
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade:
      'op.createTable("t", [t.text("a")]); op.execute("INSERT INTO t SELECT md5(i::text) FROM generate_series(1, 30000) AS i");',
  }),
  "versions/b.ts": revisionFile({
    revision: "b1",
    down: "a1",
    header,
    upgrade: `op.createTable("made", [t.integer("a")]); op.createIndex("t_a", "t", ["a"]${options});`,
  }),
});

forEachPostgres((place) => {
  /** Sorting what goes into an index needs temporary files, which may take no space. */
  async function limited(story: Story, limit: string): Promise<void> {
    const database = new URL(story.url).pathname.slice(1);
    for (const setting of [
      `temp_file_limit = ${limit}`,
      "maintenance_work_mem = '1MB'",
      "max_parallel_maintenance_workers = 0",
    ])
      await story.rows(`ALTER DATABASE ${database} SET ${setting}`);
  }

  const left = "SELECT relname AS name FROM pg_class WHERE relname IN ('made', 't_a')";

  fault("in a transaction", async () => {
    const story = await place.begin(files("", ""));
    succeeded(await story.mig(["upgrade", "a1"]));
    await limited(story, "'64kB'");
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
      code: "REVISION_FAILED",
      message: expect.stringContaining("temporary file size exceeds"),
      state: "the revision was rolled back; the database is still at a1",
    });
    expect(await story.rows(left)).toEqual([]);
    await limited(story, "-1");
    succeeded(await story.mig(["upgrade"]));
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1"]);
  });

  fault("beside one", async () => {
    const story = await place.begin(
      files("export const transaction = false;", ", { concurrently: true }"),
    );
    succeeded(await story.mig(["upgrade", "a1"]));
    await limited(story, "'64kB'");
    expect(errorOf(await story.mig(["upgrade", "--json"])).state).toBe(
      "this revision runs without a transaction: 1 of its 2 statements is done and stays; the database is still at a1; the next run goes on from there",
    );
    expect(await story.rows(left)).toEqual([{ name: "made" }]);
    await limited(story, "-1");
    succeeded(await story.mig(["upgrade"]));
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1"]);
  });
});
