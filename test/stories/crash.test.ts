/** `mig test --crash`: upgrades killed behind each statement, and gone on with. */
import { describe, expect, test } from "vitest";
import { forEachServer, query } from "../support/postgres/database.ts";
import { createProject, type Project, revisionFile } from "../support/project.ts";
import { copyExample } from "../support/story.ts";

interface Report {
  readonly dialect: string;
  readonly revisions: number;
  readonly kills: number;
  readonly findings: readonly {
    readonly kind: string;
    readonly revision: string;
    readonly message: string;
    readonly differences: readonly string[];
    readonly statement?: string;
    readonly location?: string;
  }[];
  readonly notes: readonly string[];
}

async function crashed(project: Project, args: readonly string[] = []): Promise<readonly Report[]> {
  const result = await project.mig(["test", "--crash", "--json", ...args]);
  if (!result.stdout.includes('"dialects"')) throw new Error(result.stdout + result.stderr);
  const { dialects } = result.json<{ dialects: Report[] }>();
  expect(result.code).toBe(dialects.some(({ findings }) => findings.length > 0) ? 1 : 0);
  return dialects;
}

const first = revisionFile({
  revision: "a1",
  upgrade: `op.createTable("users", [t.integer("id", { notNull: true }), t.text("name")], [primaryKey("users_pkey", ["id"])]);
  op.insert("users", [{ id: 1, name: "one" }]);`,
  downgrade: `op.dropTable("users");`,
});

function history(second: string): Project {
  return createProject({ "versions/a1.ts": first, "versions/b2.ts": second });
}

test("the example goes on behind every kill, on both databases", async () => {
  const project = createProject();
  copyExample(project);
  const { code, stdout, stderr } = await project.mig(["test", "--crash"]);
  expect([code, stderr]).toEqual([0, ""]);
  const lines = stdout.replace(/\(.*\)/g, "(…)").split("\n");
  expect(lines).toEqual([
    expect.stringMatching(
      /^postgresql: 10 revisions up, down and up again, killed \d{2,} times: nothing found/,
    ),
    expect.stringMatching(
      /^sqlite: 10 revisions up, down and up again, killed \d{2,} times: nothing found/,
    ),
    "",
  ]);
});

test("each statement counts, those of work too", async () => {
  const work = `op.addColumn("users", t.text("nick"));
  op.run("nicks", async (db) => {
    await db.all("SELECT 1");
    await db.run(sql\`UPDATE users SET nick = name\`);
    await db.run(sql\`UPDATE users SET nick = upper(nick)\`);
  });`;
  const counts: number[] = [];
  for (const upgrade of [`op.addColumn("users", t.text("nick"));`, work]) {
    const downgrade = `op.dropColumn("users", "nick");`;
    const text = revisionFile({ revision: "b2", down: "a1", upgrade, downgrade });
    const [report] = await crashed(history(text));
    expect(report).toMatchObject({ dialect: "sqlite", revisions: 2, findings: [] });
    counts.push(report?.kills ?? 0);
  }
  // The tables of mig (3), then each revision: its statements, the version table, the log, COMMIT.
  expect(counts).toEqual([3 + 5 + 4, 3 + 5 + 6]);
});

test("work that does not do the same a second time is found, with its place", async () => {
  // The first four runs are those of the test without kills.
  const work = `op.run("once", async (db) => {
    if (runs++ >= 4) return;
    await db.run(sql\`INSERT INTO users (id, name) VALUES (70, 'x')\`);
  });`;
  const text = revisionFile({
    ...{ revision: "b2", down: "a1", upgrade: work, header: "let runs = 0;" },
    downgrade: `op.execute("DELETE FROM users WHERE id = 70");`,
  });
  const project = history(text);
  const message =
    "revision b2 was killed behind a statement, and the next upgrade does not end where one ends that nothing stops";
  const [report] = await crashed(project);
  expect(report?.findings).toEqual([
    {
      ...{ kind: "crash", revision: "b2", direction: "up", message },
      differences: ["rows of users: 1 instead of 2"],
      location: "versions/b2.ts",
      statement: "COMMIT",
    },
  ]);
  const told = await project.mig(["test", "--crash"]);
  expect([told.code, told.stdout]).toEqual([
    1,
    expect.stringContaining(`sqlite: ${message}
  rows of users: 1 instead of 2
  versions/b2.ts
  COMMIT
`),
  ]);
});

describe.each(["sqlite", "postgresql"] as const)("on %s", (dialect) => {
  test("a statement without a transaction of which nobody can tell is a note, and it goes on", async () => {
    const upgrade = `op.createTable("more", [t.integer("id")]);
  op.execute("INSERT INTO more VALUES (1)");
  op.run("work", async (db) => void (await db.run("INSERT INTO more VALUES (2)")));
  op.createIndex("more_idx", "more", ["id"]);`;
    const text = revisionFile({
      ...{ revision: "b2", down: "a1", upgrade, header: "export const transaction = false;" },
      downgrade: `op.dropTable("more");`,
    });
    const [report] = await crashed(history(text), ["--dialect", dialect]);
    expect(report?.findings).toEqual([]);
    expect(report?.notes.filter((note) => note.includes("needs a person"))).toEqual([
      "revision b2 needs a person when it is killed while this runs, for there is no telling whether it took effect: INSERT INTO more VALUES (1)",
      "revision b2 needs a person when it is killed while this runs, for there is no telling whether it took effect: op.run work",
    ]);
  });
});

forEachServer((server) => {
  test("a server's sessions are really ended; an index is built concurrently, and what another session did is found", async () => {
    const outside = `op.createTable("more", [t.integer("id")]);
  op.run("outside", async (db) => {
    const [row] = await db.all<{ name: string }>("SELECT current_database() AS name");
    const { Client } = (await import("pg")).default;
    const url = new URL(${JSON.stringify(server.url)});
    url.pathname = row?.name ?? "";
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query("CREATE TABLE IF NOT EXISTS outside (id integer)");
    await client.end();
    await db.run("INSERT INTO more VALUES (1)");
  });`;
    const project = history(
      revisionFile({
        revision: "b2",
        down: "a2",
        upgrade: outside,
        downgrade: `op.execute("DROP TABLE more, outside");`,
      }),
    );
    project.write({
      "versions/a2.ts": revisionFile({
        ...{ revision: "a2", down: "a1", header: "export const transaction = false;" },
        upgrade: `op.createIndex("users_name_idx", "users", ["name"], { concurrently: true });`,
        downgrade: `op.dropIndex("users_name_idx", "users", { concurrently: true });`,
      }),
      "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({ scratch: { postgresql: ${JSON.stringify(server.url)} } });
`,
    });
    const [report] = await crashed(project, ["--dialect", "postgresql"]);
    expect(report?.findings.filter(({ kind }) => kind === "crash")).toEqual([
      expect.objectContaining({
        revision: "b2",
        message: "revision b2 was killed behind a statement, and it leaves something behind",
        differences: ["+ table outside"],
        statement: "INSERT INTO more VALUES (1)",
      }),
    ]);
    const left = "SELECT datname FROM pg_database WHERE datname LIKE 'mig\\_scratch\\_%'";
    expect(await query(server.url, left)).toEqual([]);
  });
});
