/** `mig test`: what is wrong with a history is found without a server. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, type Project, revisionFile } from "../support/project.ts";
import { copyExample } from "../support/story.ts";

const dialects = ["sqlite", "postgresql"] as const;

interface Finding {
  readonly kind: string;
  readonly revision: string | null;
  readonly direction: string | null;
  readonly message: string;
  readonly differences: readonly string[];
  readonly statement?: string;
  readonly location?: string;
  readonly help?: string;
}

interface Report {
  readonly dialect: string;
  readonly revisions: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

async function tested(project: Project, args: readonly string[] = []): Promise<[number, Report[]]> {
  const result = await project.mig(["test", "--json", ...args]);
  if (!result.stdout.includes('"dialects"')) throw new Error(result.stdout + result.stderr);
  return [result.code ?? -1, result.json<{ dialects: Report[] }>().dialects];
}

const users = revisionFile({
  revision: "a1",
  upgrade: `op.createTable("users", [
    t.integer("id", { notNull: true, identity: "byDefault" }),
    t.varchar("email", { length: 20, notNull: true }),
    t.text("status", { notNull: true }),
  ], [
    primaryKey("users_pkey", ["id"]),
    unique("users_email_unique", ["email"]),
    check("users_status_check", sql\`status IN ('new', 'old')\`),
  ]);
  op.createTable("posts", [
    t.integer("id", { notNull: true, identity: "byDefault" }),
    t.integer("user_id", { notNull: true }),
  ], [
    primaryKey("posts_pkey", ["id"]),
    foreignKey("posts_user_id_fk", ["user_id"], "users", ["id"], { onDelete: "cascade" }),
  ]);`,
  downgrade: `op.dropTable("posts"); op.dropTable("users");`,
});

function history(second: string, config = ""): Project {
  return createProject({
    "versions/a1.ts": users,
    "versions/b2.ts": second,
    "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({ environments: { dev: { url: "sqlite:data/dev.db" } }, ${config} });
`,
  });
}

function second(upgrade: string, downgrade: string, header = ""): string {
  return revisionFile({ revision: "b2", down: "a1", upgrade, downgrade, header });
}

test("the example project is fine on both databases, without a server", async () => {
  const project = createProject();
  copyExample(project);
  const { code, stdout, stderr } = await project.mig(["test"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(
    stdout.replace(/\(.*\)/g, "(…)"),
  ).toBe(`postgresql: 10 revisions up, down and up again: nothing found (…)
sqlite: 10 revisions up, down and up again: nothing found (…)
`);
  expect(project.list(".").filter((file) => /^data|\.db$/.test(file))).toEqual([]);
});

test("each table has rows that its keys, checks and types allow", async () => {
  const look = `op.run("look", async (db) => {
    const users = await db.all("SELECT email, status FROM users ORDER BY id");
    const posts = await db.all("SELECT user_id FROM posts ORDER BY id");
    console.log(JSON.stringify({ users, posts }));
  });`;
  for (const dialect of dialects) {
    const project = history(second(look, ""));
    const { code, stderr } = await project.mig(["test", "--dialect", dialect]);
    expect(JSON.parse(stderr.split("\n")[0] ?? "")).toEqual({
      users: [
        { email: "1 email", status: "old" },
        { email: "2 email", status: "new" },
        { email: "3 email", status: "old" },
      ],
      posts: [{ user_id: 1 }, { user_id: 2 }, { user_id: 3 }],
    });
    expect(code).toBe(0);
  }
});

describe.each(dialects)("on %s", { timeout: 180_000 }, (dialect) => {
  const only = ["--dialect", dialect];

  test("a downgrade that forgets a column is found", async () => {
    const project = history(
      second(
        `op.addColumn("users", t.text("nick")); op.addColumn("users", t.text("bio"));`,
        `op.dropColumn("users", "bio");`,
      ),
    );
    const [code, [report]] = await tested(project, only);
    expect(code).toBe(1);
    expect(report?.findings[0]).toEqual({
      kind: "schema",
      revision: "b2",
      direction: "down",
      message: "after its downgrade the schema is not what it was before revision b2",
      differences: ["+ column users.nick"],
      location: "versions/b2.ts",
    });
    // And then it does not go up again.
    expect(report?.findings[1]).toMatchObject({ kind: "failed", revision: "b2", direction: "up" });
    const told = await project.mig(["test", ...only]);
    expect(
      told.stdout,
    ).toContain(`${dialect}: after its downgrade the schema is not what it was before revision b2
  + column users.nick
  versions/b2.ts
`);
  });

  test("a downgrade that forgets a trigger is found", async () => {
    const make = {
      sqlite: "CREATE TRIGGER tr AFTER DELETE ON users BEGIN SELECT 1; END",
      postgresql:
        "CREATE TRIGGER tr BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    }[dialect];
    const [, [report]] = await tested(
      history(second(`op.execute(${JSON.stringify(make)});`, "")),
      only,
    );
    expect(report?.findings[0]).toMatchObject({
      ...{ kind: "schema", revision: "b2", direction: "down" },
      differences: ["+ users.tr is a trigger"],
    });
  });

  test("rows that a downgrade loses are found, those of other tables too", async () => {
    const project = history(
      second(
        `op.addColumn("users", t.text("nick"));`,
        `op.dropColumn("users", "nick"); op.execute("DELETE FROM posts WHERE id > 1");`,
      ),
    );
    const [code, [report]] = await tested(project, only);
    expect(code).toBe(1);
    expect(report?.findings).toEqual([
      {
        kind: "rows",
        revision: "b2",
        direction: "down",
        message: "the downgrade of revision b2 loses rows",
        differences: ["2 of 3 rows of posts gone"],
        location: "versions/b2.ts",
      },
    ]);
  });

  test("values that a change of columns loses are found", async () => {
    const project = history(
      second(
        `op.dropColumn("users", "email"); op.addColumn("users", t.varchar("email", { length: 20 }));`,
        `op.alterColumn("users", "email", { notNull: true }); op.addConstraint("users", unique("users_email_unique", ["email"]));`,
      ),
    );
    const [, [report]] = await tested(project, only);
    expect(report?.findings[0]).toMatchObject({
      kind: "rows",
      direction: "up",
      differences: ["3 of 3 rows of users gone or changed"],
    });
  });

  test("a column that rows have no value for is found, and one that they would clash in is a note", async () => {
    const notNull = second(
      `op.addColumn("users", t.text("nick", { notNull: true }));`,
      `op.dropColumn("users", "nick");`,
    );
    const [code, [report]] = await tested(history(notNull), only);
    expect([code, report?.revisions]).toEqual([1, 2]);
    expect(report?.findings).toMatchObject([{ kind: "rows", revision: "b2", direction: "up" }]);

    const clash = second(
      `op.addConstraint("users", unique("users_status_unique", ["status"]));`,
      `op.dropConstraint("users", "users_status_unique");`,
    );
    const [ended, [noted]] = await tested(history(clash), only);
    expect([ended, noted?.findings]).toEqual([0, []]);
    expect(noted?.notes[0]).toContain("revision b2 was tested on empty tables");
  });

  test("a revision without a way back, or whose way back fails, is found", async () => {
    const [, [none]] = await tested(
      history(
        second(`op.createTable("x", [t.integer("id")]);`, "").replace(
          /export function downgrade.*/s,
          "",
        ),
      ),
      only,
    );
    expect(none?.findings).toMatchObject([{ kind: "failed", revision: "b2", direction: "down" }]);
    const [, [wrong]] = await tested(history(second("", `op.dropTable("nothing");`)), only);
    expect(wrong?.findings).toMatchObject([
      { kind: "failed", revision: "b2", direction: "down", location: "versions/b2.ts:15:6" },
    ]);
  });

  test("a revision that does not run here is named with its statement, and can be prepared for or left out", async () => {
    const text = second(
      `op.execute("INSERT INTO posts (user_id) SELECT id FROM legacy_users");`,
      `op.execute("DELETE FROM posts WHERE id > 3");`,
    );
    const [code, [report]] = await tested(history(text), only);
    expect([code, report?.revisions]).toEqual([1, 1]);
    expect(report?.findings).toMatchObject([
      {
        kind: "failed",
        revision: "b2",
        direction: "up",
        statement: "INSERT INTO posts (user_id) SELECT id FROM legacy_users",
        location: "versions/b2.ts:11:6",
      },
    ]);
    expect(report?.findings[0]?.help).toContain('scratch: { skip: ["b2"] }');

    const [skipped] = await tested(history(text, 'scratch: { skip: ["b2"] }'), only);
    expect(skipped).toBe(0);
    const prepare = `scratch: { prepare: { ${dialect}: "CREATE TABLE legacy_users (id integer); INSERT INTO legacy_users VALUES (1)" } }`;
    const [prepared, [all]] = await tested(history(text, prepare), only);
    expect([prepared, all?.revisions, all?.findings]).toEqual([0, 2, []]);

    const broken = await history(text, `scratch: { prepare: { ${dialect}: "nonsense" } }`).mig([
      "test",
      ...only,
    ]);
    expect([broken.code, broken.stderr]).toEqual([
      1,
      expect.stringContaining(`scratch.prepare.${dialect}`),
    ]);
    const unknown = await history(text, 'scratch: { skip: ["zz"] }').mig(["test", ...only]);
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('`scratch.skip` of the config names "zz", and no file has that id'),
    ]);
  });

  test("what the history does not make of the Drizzle schema is found", async () => {
    const core = dialect === "sqlite" ? "sqlite" : "pg";
    const project = createProject({
      "versions/a1.ts": revisionFile({
        revision: "a1",
        upgrade: `op.createTable("things", [t.integer("id", { notNull: true })], [primaryKey("things_pkey", ["id"])]);`,
        downgrade: `op.dropTable("things");`,
      }),
      "schema.ts": `import { integer, ${core}Table, text } from "drizzle-orm/${core}-core";
export const things = ${core}Table("things", { id: integer("id").primaryKey(), name: text("name") });
`,
      "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({ schema: { ${dialect}: "schema.ts" } });
`,
    });
    const [code, [report, ...others]] = await tested(project);
    expect([code, report?.dialect, others]).toEqual([1, dialect, []]);
    expect(report?.findings).toMatchObject([
      { kind: "check", revision: null, direction: null, differences: ["+ column things.name"] },
    ]);
  });
});

test("two heads are found unless they are allowed", async () => {
  const project = history(second("", ""));
  project.write({ "versions/c3.ts": revisionFile({ revision: "c3", down: "a1" }) });
  const [code, [report]] = await tested(project);
  expect(code).toBe(1);
  expect(report?.findings).toMatchObject([{ kind: "heads", differences: ["b2  b2", "c3  c3"] }]);
  expect((await tested(project, ["--allow-heads"]))[0]).toBe(0);
});

test("an empty history is fine", async () => {
  const [code, reports] = await tested(createProject());
  expect([code, reports]).toEqual([
    0,
    [{ dialect: "sqlite", revisions: 0, findings: [], notes: [] }],
  ]);
});

test("a test runner has the same by import", async () => {
  const project = history(second(`op.addColumn("users", t.text("nick"));`, ""));
  const library = resolve(import.meta.dirname, "../../dist/testing.js");
  project.write({
    "use.mjs": `import { testHistory } from ${JSON.stringify(library)};
console.log(JSON.stringify(await testHistory({ dialects: ["sqlite"] })));
await testHistory({ dialect: "sqlite" }).catch(({ code, message }) => console.log(code, message));
`,
  });
  const { stdout, stderr } = spawnSync(process.execPath, [join(project.folder, "use.mjs")], {
    cwd: project.folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const [reports = "", refused] = stdout.split("\n");
  expect(refused).toBe('WRONG_USAGE testHistory has no option "dialect"');
  const [report] = JSON.parse(reports) as Report[];
  expect(report?.findings[0]).toMatchObject({
    kind: "schema",
    differences: ["+ column users.nick"],
  });
});
