/** `mig diff A..B` and `mig show R --schema`: what the history makes, without a database. */
import { expect, test } from "vitest";
import { createProject, type Project, revisionFile } from "../support/project.ts";
import { copyExample, succeeded } from "../support/story.ts";
import { type RevisionDocument, refuses } from "./support.ts";

/** Neither of the environments can be reached: whoever asks a database fails. */
const config = `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  environments: {
    dev: { url: "sqlite:no/such/folder.db", readOnly: true },
    production: { url: "postgres://nobody@127.0.0.1:1/nothing" },
  },
});
`;

function history(files: Readonly<Record<string, string>> = {}): Project {
  return createProject({
    "migrator.config.ts": config,
    "versions/a.ts": revisionFile({
      revision: "a",
      message: "Users",
      upgrade: `op.createTable("users", [t.integer("id", { notNull: true }), t.text("mail", { notNull: true })], [primaryKey("users_pkey", ["id"]), check("users_mail_check", sql\`mail <> ''\`)]);`,
    }),
    "versions/b.ts": revisionFile({
      revision: "b",
      down: "a",
      upgrade: `op.renameColumn("users", "mail", "email");
  op.addColumn("users", t.varchar("nick", { length: 9 }));
  op.insert("users", [{ id: 1, email: "a" }]);`,
    }),
    "versions/c.ts": revisionFile({
      revision: "c",
      down: "b",
      header: 'export const branchLabels = ["people"];',
      upgrade: `op.renameTable("users", "people");
  op.renameColumn("people", "email", "address");
  op.createIndex("people_nick_idx", "people", ["nick"]);`,
    }),
    ...files,
  });
}

async function lines(project: Project, ...args: string[]): Promise<readonly string[]> {
  const { stdout, stderr } = succeeded(await project.mig(args));
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

test("what changed between two revisions is SQL, and renames are renames", async () => {
  const project = history();
  expect(await lines(project, "diff", "a..c")).toEqual([
    "-- ~ table users, now people",
    'ALTER TABLE "users" RENAME TO "people";',
    "-- ~ column people.mail, now address",
    'ALTER TABLE "people" RENAME COLUMN "mail" TO "address";',
    "-- + column people.nick",
    'ALTER TABLE "people" ADD COLUMN "nick" text(9);',
    "-- + index people_nick_idx on people",
    'CREATE INDEX "people_nick_idx" ON "people" ("nick");',
  ]);
  // The other way round, by prefix, label and steps; and as a document.
  const back = succeeded(await project.mig(["diff", "people..c-1", "--json"]));
  expect(back.json()).toEqual({
    dialect: "sqlite",
    clean: false,
    operations: [
      expect.objectContaining({ describe: "~ table people, now users" }),
      expect.objectContaining({ describe: "~ column users.address, now email" }),
      expect.objectContaining({ describe: "- index people_nick_idx on users" }),
    ],
  });
  const whole = await lines(project, "diff", "..");
  expect(whole[0]).toBe("-- + table people");
  const same = succeeded(await project.mig(["diff", "c..head"]));
  expect([same.stdout, same.stderr]).toEqual(["", "nothing differs between c and head\n"]);
  expect(project.list(".").filter((file) => file.endsWith(".db"))).toEqual([]);
});

test("the same on PostgreSQL, by the environment and by --dialect", async () => {
  const project = history();
  const wanted = [
    "-- ~ column users.mail, now email",
    'ALTER TABLE "users" RENAME COLUMN "mail" TO "email";',
    "-- + column users.nick",
    'ALTER TABLE "users" ADD COLUMN "nick" varchar(9);',
  ];
  expect(await lines(project, "diff", "a..b", "-n", "production")).toEqual(wanted);
  expect(await lines(project, "diff", "a..b", "--dialect", "postgresql")).toEqual(wanted);
});

test("a span that is none, and targets that mean nothing", async () => {
  const project = history();
  const help =
    "help: write from..to, each a target; without the first from the base on, without the second up to the heads";
  await refuses(project, ["diff", "a"], {
    code: "INVALID_SPAN",
    says: `error: "a" does not say between which two revisions: it has no .. between two targets\n${help}`,
  });
  await refuses(project, ["diff", "a..b..c"], {
    code: "INVALID_SPAN",
    says: `error: "a..b..c" does not say between which two revisions: it has more than one ..\n${help}`,
  });
  await refuses(project, ["diff", "a..zz"], {
    code: "NO_SUCH_REVISION",
    says: `error: there is no revision or branch label "zz"
help: \`mig history\` lists the revisions; a prefix works when it is unique`,
  });
  const usage = "help: `mig --help` lists the commands, `mig COMMAND --help` its options";
  await refuses(project, ["diff", "--dialect", "sqlite"], {
    code: "WRONG_USAGE",
    exit: 2,
    says: `error: --dialect is for what changed between two revisions: from..to\n${usage}`,
  });
  await refuses(project, ["show", "a", "--dialect", "sqlite"], {
    code: "WRONG_USAGE",
    exit: 2,
    says: `error: --dialect needs --schema\n${usage}`,
  });
});

test("a revision that does not run on an empty database is named", async () => {
  const project = history({
    "versions/d.ts": revisionFile({
      revision: "d",
      down: "c",
      upgrade: `op.execute("INSERT INTO legacy VALUES (1)");`,
    }),
  });
  const { message, location, statement, state } = await refuses(
    project,
    ["show", "d", "--schema"],
    {
      code: "REPLAY_FAILED",
      says: `error: the history does not run on an empty sqlite database: revision d failed: no such table: legacy
  versions/d.ts:11:6
  INSERT INTO legacy VALUES (1)
help: it was an empty database to try things on; none of yours was touched; correct the revision; if it needs what an empty database lacks, make that first with \`scratch: { prepare: { … } }\` in the config, or leave it out with \`scratch: { skip: ["d"] }\``,
    },
  );
  expect([message, location, statement, state].every((it) => it !== undefined)).toBe(true);
  // What comes before it can be seen.
  expect(await lines(project, "diff", "b..c")).toContain("-- ~ table users, now people");
});

test("the schema at a revision is SQL that makes it", async () => {
  const project = history();
  const { stdout, stderr } = succeeded(await project.mig(["show", "b", "--schema"]));
  expect([stdout, stderr]).toEqual([
    `-- sqlite at b  b

CREATE TABLE "users" (
  "id" integer NOT NULL,
  "email" text NOT NULL,
  "nick" text(9),
  CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "users_mail_check" CHECK ("email" <> '')
);
`,
    "",
  ]);
  const result = succeeded(
    await project.mig(["show", "a", "head", "--schema", "--json", "--dialect", "postgresql"]),
  );
  const [first, second] = result.json<(RevisionDocument & { schema: SchemaDocument })[]>();
  expect(first).toMatchObject({
    revision: "a",
    message: "Users",
    schema: { dialect: "postgresql" },
  });
  expect(first?.schema.tables.map(({ name }) => name)).toEqual(["users"]);
  expect(second?.schema.sql).toContain('CREATE TABLE "people" (');
  expect(second?.schema.sql).toContain('CREATE INDEX "people_nick_idx" ON "people" ("nick");');
});

interface SchemaDocument {
  readonly dialect: string;
  readonly sql: string;
  readonly tables: readonly { readonly name: string }[];
}

test("the example's schema, shown, makes a database that differs in nothing", async () => {
  const project = createProject();
  copyExample(project);
  const { stdout } = succeeded(await project.mig(["show", "head", "--schema"]));
  const copy = createProject({
    "versions/all.sql": `-- revision: all\n-- down-revision: none\n\n-- UP\n${stdout}`,
    "migrator.config.ts": config,
  });
  const [made, wanted] = await Promise.all(
    [copy, project].map(async (it) => {
      const shown = succeeded(await it.mig(["show", "head", "--schema", "--json"]));
      return shown.json<{ schema: SchemaDocument }[]>()[0]?.schema.sql;
    }),
  );
  expect(made).toEqual(wanted);
});
