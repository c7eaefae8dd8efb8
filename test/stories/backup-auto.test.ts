/** `backup: "auto"`: the database's own backup before the first revision. */
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import { beginOnSqlite, errorOf, forEachPostgres, succeeded, until } from "../support/story.ts";

const files = {
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade: 'op.createTable("people", [t.integer("id")]); op.insert("people", [{ id: 1 }]);',
  }),
  "versions/b.ts": revisionFile({
    revision: "b1",
    down: "a1",
    upgrade: 'op.execute("DELETE FROM people");',
  }),
};

test("on SQLite it is a copy beside the file, of the rows before the run and for the same eyes", async () => {
  const story = await beginOnSqlite(files, { backup: "auto" });
  const first = succeeded(await story.mig(["upgrade", "a1"]));
  expect(first.stderr).toBe("dev holds nothing to back up yet\n");
  chmodSync(join(story.folder, "data/dev.db"), 0o600);
  await story.rows("PRAGMA journal_mode = WAL");
  const second = succeeded(await story.mig(["upgrade"]));
  const [, file = ""] =
    /^backed up dev to (data\/dev\.db\.\d{8}T\d{9}Z\.backup)$/m.exec(second.stderr) ?? [];
  const path = join(story.folder, file);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const backup = new Database(path, { readonly: true });
  try {
    expect(backup.prepare("SELECT id FROM people").all()).toEqual([{ id: 1 }]);
    expect(backup.prepare("SELECT version_num FROM mig_version").pluck().all()).toEqual(["a1"]);
  } finally {
    backup.close();
  }
  expect(await story.rows("SELECT id FROM people")).toEqual([]);
  // The log names the file, beside what it was made for; nothing else takes it for a revision.
  expect(await story.log()).toEqual(["up a1", "backup current", "up b1"]);
  const [, logged] = (await story.mig(["history", "--log", "--json"])).json<object[]>();
  expect(logged).toMatchObject({
    direction: "backup",
    batch: 2,
    file,
    message: file,
    success: true,
  });
  expect((await story.mig(["history", "--log"])).stdout).toContain(`backup     current  ${file}`);
  expect((await story.mig(["verify"])).code).toBe(0);
  expect((await story.mig(["downgrade", "--batch", "--dry-run", "--json"])).json()).toMatchObject({
    steps: [{ revision: "b1" }],
  });
  expect(succeeded(await story.mig(["upgrade"])).stderr).toBe("already up to date\n");
});

test("a copy that cannot be made stops the run", async () => {
  const story = await beginOnSqlite(files, { backup: "auto" });
  // Long enough that there is no name for the copy.
  const url = `sqlite:data/${"x".repeat(240)}`;
  succeeded(await story.mig(["upgrade", "a1", "--url", url]));
  expect(errorOf(await story.mig(["upgrade", "--url", url, "--json"]))).toMatchObject({
    code: "BACKUP_FAILED",
    message: expect.stringContaining("name too long"),
    help: "nothing was run; correct `backup` of the environment (auto)",
  });
  expect((await story.mig(["current", "--url", url, "--json"])).json()).toMatchObject({
    current: ["a1"],
  });
});

forEachPostgres((place) => {
  test("on PostgreSQL it is pg_dump, which is told of the server by the environment alone", async () => {
    const story = await place.begin(files, { backup: "auto" });
    story.write({
      "bin/pg_dump": `#!/bin/sh
for each in "$@"; do case "$each" in --file=*) file="\${each#--file=}";; esac; done
echo "$PGDATABASE at $PGHOST:$PGPORT: $*" > "$file"
`,
    });
    chmodSync(join(story.folder, "bin/pg_dump"), 0o755);
    const PATH = `${join(story.folder, "bin")}:${process.env.PATH}`;
    const { stderr } = succeeded(await story.mig(["upgrade"], { env: { PATH } }));
    const [, file = ""] = /^backed up dev to (\w+\.\d{8}T\d{9}Z\.dump)$/m.exec(stderr) ?? [];
    const { pathname, hostname, port } = new URL(story.url);
    expect(story.read(file)).toContain(
      `${pathname.slice(1)} at ${hostname}:${port}: --format=custom`,
    );
    expect(story.read(file)).not.toContain("://");
    expect(statSync(join(story.folder, file)).mode & 0o777).toBe(0o600);
  });

  test("pg_dump that is told to stop leaves no part of a file", async () => {
    const story = await place.begin(files, { backup: "auto" });
    story.write({ "bin/pg_dump": "#!/bin/sh\ntouch begun\nsleep 20\n" });
    chmodSync(join(story.folder, "bin/pg_dump"), 0o755);
    const PATH = `${join(story.folder, "bin")}:${process.env.PATH}`;
    const running = story.start(["upgrade", "--json"], { env: { PATH } });
    await until(() => story.list(".").includes("begun"));
    process.kill(running.pid, "SIGINT");
    const result = await running.ended;
    expect([result.code, errorOf({ ...result, code: 1 }).code]).toEqual([130, "INTERRUPTED"]);
    expect(story.list(".").filter((name) => name.endsWith(".dump"))).toEqual([]);
  });

  test("without pg_dump, or when it fails, nothing is run", async () => {
    const story = await place.begin(files, { backup: "auto" });
    mkdirSync(join(story.folder, "bin"));
    const env = { PATH: join(story.folder, "bin") };
    expect(errorOf(await story.mig(["upgrade", "--json"], { env }))).toMatchObject({
      code: "BACKUP_FAILED",
      message:
        "the backup failed: pg_dump is not on the PATH; install PostgreSQL's client programs",
    });
    story.write({ "bin/pg_dump": "#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n" });
    chmodSync(join(story.folder, "bin/pg_dump"), 0o755);
    expect(errorOf(await story.mig(["upgrade", "--json"], { env }))).toMatchObject({
      code: "BACKUP_FAILED",
      message: "the backup failed: server version mismatch",
    });
    expect(story.list(".").filter((name) => name.endsWith(".dump"))).toEqual([]);
    expect(await story.rows("SELECT to_regclass('people') AS found")).toEqual([{ found: null }]);
  });
});
