/** What stands between mig and a database: servers that are not there, passwords, files, rights, and sessions that end. */
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fault } from "../faults/cases.ts";
import { at, query } from "../support/postgres/database.ts";
import { type Result, revisionFile } from "../support/project.ts";
import {
  beginOnSqlite,
  errorOf,
  forEachPostgres,
  type Story,
  succeeded,
  until,
} from "../support/story.ts";

const revision = revisionFile({
  revision: "a1",
  upgrade: 'op.createTable("t", [t.integer("id")]);',
});
const files = { "versions/a.ts": revision };

/** Every command that connects. */
const commands = [
  ["upgrade"],
  ["downgrade", "base"],
  ["stamp", "a1"],
  ["current"],
  ["status"],
  ["history", "-i"],
  ["upgrade", "--dry-run"],
];

/** Fail if anything that was said holds one of `secrets`. */
function saysNothingOf(secrets: readonly string[], ...results: readonly Result[]): void {
  for (const { stdout, stderr } of results) {
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
  }
}

describe("SQLite", () => {
  async function fails(story: Story, command: readonly string[], url?: string) {
    return errorOf(
      await story.mig([...command, "--json"], url ? { env: { DATABASE_URL: url } } : {}),
    );
  }

  test("a folder is no database", async () => {
    const story = await beginOnSqlite(files);
    mkdirSync(join(story.folder, "data/dev.db"), { recursive: true });
    for (const command of commands) {
      expect(await fails(story, command)).toMatchObject({
        code: "DATABASE_UNUSABLE",
        message: "data/dev.db cannot be used: it is a folder",
      });
    }
  });

  test("a file of something else is no database, and stays as it is", async () => {
    const story = await beginOnSqlite(files);
    const text = "this is the shopping list, and no database: milk, bread, …\n".repeat(40);
    story.write({ "data/dev.db": text });
    for (const command of commands) {
      expect(await fails(story, command)).toMatchObject({
        code: "DATABASE_UNUSABLE",
        message: "data/dev.db cannot be used: file is not a database",
      });
    }
    expect(story.read("data/dev.db")).toBe(text);
  });

  fault("a file that may only be read can be looked at, and nothing more", async () => {
    const story = await beginOnSqlite(files);
    succeeded(await story.mig(["upgrade"]));
    story.write({
      "versions/b.ts": revisionFile({ revision: "b1", down: "a1", upgrade: 'op.dropTable("t");' }),
    });
    const user = asNobody(story);
    chmodSync(join(story.folder, "data/dev.db"), 0o444);
    chmodSync(join(story.folder, "data"), 0o555);
    for (const command of [["upgrade"], ["downgrade", "base"], ["stamp", "b1"]]) {
      const failure = errorOf(await story.mig([...command, "--json"], user));
      expect(failure).toMatchObject({
        code: "READ_ONLY_DATABASE",
        message: "data/dev.db is read-only",
      });
    }
    expect(succeeded(await story.mig(["current", "--json"], user)).json()).toMatchObject({
      current: ["a1"],
    });
    expect(succeeded(await story.mig(["status"], user)).stderr).toBe("1 applied, 1 pending\n");
    chmodSync(join(story.folder, "data"), 0o755);
  });

  test("a database that this SQLite may not write is told as read-only", async () => {
    const story = await beginOnSqlite(files);
    await story.exec("CREATE TABLE old (id integer)");
    // A newer format for writing: https://www.sqlite.org/fileformat.html#file_format_version_numbers
    const file = openSync(join(story.folder, "data/dev.db"), "r+");
    writeSync(file, Buffer.from([3]), 0, 1, 18);
    closeSync(file);
    for (const command of [["upgrade"], ["stamp", "a1"]]) {
      expect(await fails(story, command)).toMatchObject({
        code: "READ_ONLY_DATABASE",
        message: "data/dev.db is read-only",
      });
    }
    expect(succeeded(await story.mig(["current", "--json"])).json()).toMatchObject({ current: [] });
  });

  test("a folder that cannot be made is told", async () => {
    const story = await beginOnSqlite(files);
    story.write({ file: "" });
    expect(await fails(story, ["upgrade"], "sqlite:file/dev.db")).toMatchObject({
      code: "DATABASE_UNUSABLE",
    });
  });
});

/** Root may write everything: then the command is run as somebody who may not. */
function asNobody(story: Story): { uid?: number } {
  if (process.getuid?.() !== 0) return {};
  const nobody = 65_534;
  chmodSync(story.folder, 0o755);
  chownSync(join(story.folder, "data/dev.db"), nobody, nobody);
  return { uid: nobody };
}

forEachPostgres((place, server) => {
  const { hostname, port } = new URL(server.url);

  async function fails(story: Story, url: string, command: readonly string[] = ["upgrade"]) {
    const env = { DATABASE_URL: url };
    const results = [
      await story.mig([...command, "--json"], { env }),
      await story.mig(command, { env }),
    ];
    return { results, failure: errorOf(results[0] as Result) };
  }

  test("a server that is not there", async () => {
    const story = await place.begin(files);
    const { results, failure } = await fails(story, "postgres://me:hunter2@127.0.0.1:1/db");
    expect(failure).toEqual({
      code: "UNREACHABLE",
      message:
        "cannot connect to postgres://me:***@127.0.0.1:1/db: connect ECONNREFUSED 127.0.0.1:1",
      help: "check that the server runs and takes connections, the host and the port",
    });
    saysNothingOf(["hunter2"], ...results);
    const unnamed = await fails(story, "postgres://me:hunter2@nowhere.invalid/db", ["current"]);
    expect(unnamed.failure.code).toBe("UNREACHABLE");
    saysNothingOf(["hunter2"], ...unnamed.results);
  });

  test("a database that is not there", async () => {
    const story = await place.begin(files);
    const { results, failure } = await fails(story, at(server.url, { database: "not_there" }));
    expect(failure).toMatchObject({
      code: "DATABASE_MISSING",
      message: `the database of postgres://postgres:***@${hostname}:${port}/not_there does not exist: database "not_there" does not exist`,
    });
    saysNothingOf(["mig-secret"], ...results);
  });

  test("a wrong password is never printed, however it is written", async () => {
    const story = await place.begin(files);
    const nasty = "p@ss:w/o%rd#1?x";
    const urls = [
      ["hunter2", at(story.url, { password: "hunter2" })],
      [nasty, `postgres://postgres:${encodeURIComponent(nasty)}@${hostname}:${port}/postgres`],
      ["p@ss:w0rd", `postgres://postgres:p@ss:w0rd@${hostname}:${port}/postgres`],
      ["100%pure", `postgres://postgres:100%pure@${hostname}:${port}/postgres`],
      ["half/slash", `postgres://postgres:half/slash@${hostname}:${port}/postgres`],
      ["quest?ion", `postgres://postgres:quest?ion@${hostname}:${port}/postgres`],
      ["ha#sh", `postgres://postgres:ha#sh@${hostname}:${port}/postgres`],
      ["in-query", `postgres://postgres@${hostname}:${port}/postgres?password=in-query`],
    ] as const;
    for (const [password, url] of urls) {
      const { results, failure } = await fails(story, url);
      expect(["AUTHENTICATION_FAILED", "URL_INVALID", "UNREACHABLE"]).toContain(failure.code);
      expect([url, failure.code]).toEqual([
        url,
        /[/?#]/.test(password) && url.includes(password)
          ? expect.any(String)
          : "AUTHENTICATION_FAILED",
      ]);
      saysNothingOf(
        [
          password,
          encodeURIComponent(password),
          ...password.split(/[@/?#:%]/).filter((part) => part.length > 3),
        ],
        ...results,
      );
    }
  });

  test("a password with every sign works, and is nowhere in the log", async () => {
    const story = await place.begin(files);
    const password = "p@ss:w/o%rd#1?&=+ \\'\"";
    const user = `signs_${process.pid}_${Math.random().toString(36).slice(2)}`;
    const database = new URL(story.url).pathname.slice(1);
    await query(
      story.url,
      `CREATE ROLE ${user} LOGIN PASSWORD '${password.replaceAll("'", "''")}'; GRANT ALL ON SCHEMA public TO ${user}`,
    );
    try {
      const url = `postgres://${user}:${encodeURIComponent(password)}@${hostname}:${port}/${database}`;
      const first = succeeded(
        await story.mig(["upgrade", "--json"], { env: { DATABASE_URL: url } }),
      );
      const parts = {
        DB_HOST: hostname,
        DB_PORT: port,
        DB_NAME: database,
        DB_USER: user,
        DB_PASSWORD: password,
      };
      const second = succeeded(
        await story.mig(["downgrade", "base", "--json"], {
          env: { DATABASE_URL: undefined, ...parts },
        }),
      );
      const broken = await story.mig(["upgrade", "nothere"], { env: { DATABASE_URL: url } });
      saysNothingOf([password, encodeURIComponent(password), "w/o%rd"], first, second, broken);
      const log = JSON.stringify(await story.rows("SELECT * FROM mig_log"));
      for (const secret of [password, encodeURIComponent(password), "p@ss"])
        expect(log).not.toContain(secret);
    } finally {
      await query(story.url, `DROP OWNED BY ${user}; DROP ROLE ${user}`);
    }
  });

  fault("a session that may only read is told so; looking works", async () => {
    const story = await place.begin(files);
    succeeded(await story.mig(["upgrade"]));
    story.write({
      "versions/b.ts": revisionFile({ revision: "b1", down: "a1", upgrade: 'op.dropTable("t");' }),
    });
    const database = new URL(story.url).pathname.slice(1);
    await query(server.url, `ALTER DATABASE ${database} SET default_transaction_read_only = on`);
    for (const command of [
      ["upgrade"],
      ["downgrade", "base"],
      ["stamp", "b1"],
      ["upgrade", "--transaction", "all"],
    ]) {
      const { failure } = await fails(story, story.url, command);
      expect(failure.code).toBe("READ_ONLY_DATABASE");
      expect(failure.message).toBe(
        `postgres://postgres:***@${hostname}:${port}/${database} is read-only`,
      );
      if (command[0] !== "stamp")
        expect(failure.state).toMatch(/was rolled back; the database is still at a1/);
    }
    expect(succeeded(await story.mig(["current", "--json"])).json()).toMatchObject({
      current: ["a1"],
    });
    expect(succeeded(await story.mig(["status"])).stderr).toBe("1 applied, 1 pending\n");
  });

  fault("an empty database that may only be read is told so before anything runs", async () => {
    const story = await place.begin(files);
    await query(
      server.url,
      `ALTER DATABASE ${new URL(story.url).pathname.slice(1)} SET default_transaction_read_only = on`,
    );
    const { failure } = await fails(story, story.url);
    expect(failure).toMatchObject({ code: "READ_ONLY_DATABASE", state: "nothing was run" });
    expect((await fails(story, story.url, ["stamp", "a1"])).failure.code).toBe(
      "READ_ONLY_DATABASE",
    );
  });

  test("a user who may not use mig's tables is told what is missing", async () => {
    const story = await place.begin(files);
    const user = `lowly_${process.pid}_${Math.random().toString(36).slice(2)}`;
    await query(
      story.url,
      `REVOKE ALL ON SCHEMA public FROM public; GRANT USAGE ON SCHEMA public TO public; CREATE ROLE ${user} LOGIN PASSWORD 'x'`,
    );
    try {
      const url = at(story.url, { user, password: "x" });
      expect((await fails(story, url)).failure).toMatchObject({
        code: "BOOKKEEPING_FAILED",
        message: "mig's own tables cannot be used: permission denied for schema public",
        state: "nothing was run",
      });
      succeeded(await story.mig(["upgrade"]));
      for (const command of [["current"], ["status"], ["upgrade"], ["stamp", "a1"]]) {
        expect((await fails(story, url, command)).failure).toMatchObject({
          code: "BOOKKEEPING_FAILED",
          message: expect.stringMatching(/permission denied for table mig_(version|log)$/),
        });
      }
    } finally {
      await query(story.url, `DROP OWNED BY ${user}; DROP ROLE ${user}`);
    }
  });

  const terminate =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig'";

  describe("the server ends the session", () => {
    const gated = (then: string) => ({
      "versions/a.ts": revision,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        header: 'import { gate } from "../gate.ts";',
        upgrade: `op.execute("INSERT INTO t VALUES (1)"); op.run("wait", async (db) => { await gate("b"); ${then} });`,
      }),
    });

    test.each([
      ["and the work asks it something", "await db.run(sql`INSERT INTO t VALUES (2)`);", []],
      ["and the work asks it nothing more", "", []],
      [
        "in a run that is one transaction",
        "await db.all(sql`SELECT 1`);",
        ["--transaction", "all"],
      ],
    ])("while work of a revision waits, %s", async (_when, then, how) => {
      const story = await place.begin(gated(then));
      succeeded(await story.mig(["upgrade", "a1"]));
      const running = story.start(["upgrade", "--json", ...how]);
      await story.reached("b");
      await story.rows(terminate);
      await until(async () => (await story.rows(terminate)).length === 0);
      story.open("b");
      expect(errorOf(await running.ended)).toMatchObject({
        code: "CONNECTION_LOST",
        message: "the connection was lost: terminating connection due to administrator command",
        help: expect.stringContaining("look with `mig current`"),
        revision: "b1",
        state: expect.stringMatching(
          then === ""
            ? /^whether the revision was committed is not known: the database is at a1 or at b1$/
            : /^the (revision|whole run) was rolled back; the database is still at a1$/,
        ),
      });
      expect(await story.heads()).toEqual(["a1"]);
      expect(await story.rows("SELECT * FROM t")).toEqual([]);
      succeeded(await story.mig(["upgrade"]));
      expect(await story.log()).toEqual(["up a1", "up b1"]);
    });

    fault("while a statement runs", async () => {
      const story = await place.begin({
        "versions/a.ts": revision,
        "versions/b.ts": revisionFile({
          revision: "b1",
          down: "a1",
          upgrade: 'op.execute("INSERT INTO t VALUES (1)"); op.execute("SELECT pg_sleep(20)");',
        }),
      });
      succeeded(await story.mig(["upgrade", "a1"]));
      const running = story.start(["upgrade", "--json"]);
      await until(
        async () =>
          (
            await story.rows(
              "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
            )
          ).length > 0,
      );
      await story.rows(terminate);
      expect(errorOf(await running.ended)).toMatchObject({
        code: "CONNECTION_LOST",
        revision: "b1",
        state: expect.stringMatching(/a1/),
      });
      expect(await story.heads()).toEqual(["a1"]);
    });

    fault("while it waits for its turn", async () => {
      const story = await place.begin(gated(""));
      const first = story.start(["upgrade"]);
      await story.reached("b");
      const second = story.start(["upgrade", "--json"]);
      await until(() => /waiting/.test(second.said()));
      await story.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mig' AND state = 'idle'",
      );
      expect(errorOf(await second.ended)).toMatchObject({
        code: "CONNECTION_LOST",
        state: "nothing was run",
      });
      story.open("b");
      succeeded(await first.ended);
    });
  });
});
