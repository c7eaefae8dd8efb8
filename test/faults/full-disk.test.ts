/** PostgreSQL on a disk that is full. */
import { chmodSync } from "node:fs";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { type StartedServer, startServer, versions } from "../support/postgres/start.ts";
import { revisionFile } from "../support/project.ts";
import { type Disk, isSmall, makeDisk } from "../support/small-disk.ts";
import { beginOnPostgres, errorOf, type Story, succeeded } from "../support/story.ts";
import { fault } from "./cases.ts";

const rows = "INSERT INTO t SELECT md5(i::text) FROM generate_series(1, 30000) AS i";

const files = (header: string, statement: string) => ({
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade: 'op.createTable("t", [t.text("a")]);',
  }),
  "versions/b.ts": revisionFile({
    revision: "b1",
    down: "a1",
    header,
    upgrade: `op.addColumn("t", t.integer("b")); op.execute("${statement}");`,
  }),
});

/** More of the write-ahead log than the server keeps room for, and nothing else. */
const logged = "SELECT pg_logical_emit_message(true, 'mig', repeat('x', 60000000))";

const settings = { min_wal_size: "32MB" };

const left = `SELECT (SELECT count(*)::int FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b') AS columns,
  (SELECT count(*)::int FROM t) AS rows`;

describe.each(versions)("PostgreSQL %s", (version) => {
  let disk: Disk;
  let server: StartedServer;

  beforeAll(async () => {
    disk = makeDisk(384);
    // The server may run as another user.
    chmodSync(disk.folder, 0o755);
    server = await startServer(version, { disk: disk.folder, restarts: true, settings });
  });
  afterAll(async () => {
    await server.stop();
    disk.remove();
  });

  async function failing(
    header: string,
    statement = rows,
  ): Promise<{ story: Story; error: Record<string, string> }> {
    const story = await beginOnPostgres(server, files(header, statement));
    succeeded(await story.mig(["upgrade", "a1"]));
    const [at] = await story.rows<{ file: string }>("SELECT pg_relation_filepath('t') AS file");
    const table = at?.file ?? "";
    disk.fill(table);
    try {
      return { story, error: errorOf(await story.mig(["upgrade", "--json"])) };
    } finally {
      disk.empty(table);
    }
  }

  async function ends(story: Story): Promise<void> {
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows(left)).toEqual([{ columns: 1, rows: 30_000 }]);
    expect(await story.log()).toEqual(["up a1", "up b1 failed", "up b1"]);
  }

  fault("in a transaction", async () => {
    const { story, error } = await failing("");
    expect(error).toMatchObject({
      code: "REVISION_FAILED",
      message: expect.stringContaining("No space left on device"),
      state: "the revision was rolled back; the database is still at a1",
    });
    expect(await story.rows(left)).toEqual([{ columns: 0, rows: 0 }]);
    await ends(story);
  });

  fault("beside one", async () => {
    const { story, error } = await failing("export const transaction = false;");
    expect(error.state).toBe(
      "this revision runs without a transaction: 1 of its 2 statements is done and stays; the database is still at a1; the next run goes on from there",
    );
    expect(await story.rows(left)).toEqual([{ columns: 1, rows: 0 }]);
    await ends(story);
  });

  // There is no other way to leave the log without space.
  if (!isSmall()) return;
  fault(
    "no space for the server's own log: it stops, and the next run ends when it is back",
    async () => {
      const { story, error } = await failing("", logged);
      expect(error).toMatchObject({
        code: "CONNECTION_LOST",
        message: expect.stringMatching(/pg_wal.*No space left on device/),
        state: "whether the revision was committed is not known: the database is at a1 or at b1",
      });
      await server.pause();
      await server.resume();
      expect(await story.rows(left)).toEqual([{ columns: 0, rows: 0 }]);
      succeeded(await story.mig(["upgrade"]));
      expect(await story.rows(left)).toEqual([{ columns: 1, rows: 0 }]);
      expect(await story.log()).toEqual(["up a1", "up b1"]);
    },
  );
});
