/** One draft for both databases: each schema against its own state, live or replayed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createDatabase } from "../support/postgres/database.ts";
import { createProject, type Project, type RunOptions, revisionFile } from "../support/project.ts";
import { succeeded } from "../support/story.ts";
import { refuses } from "./support.ts";

const sqlite = (columns: string, more = "") => `import { sql } from "drizzle-orm";
import { check, integer, numeric, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", {
  id: integer().primaryKey(),
  email: text({ length: 255 }).notNull().unique(),
  ${columns}
});
${more}`;

const postgresql = (columns: string, more = "") => `import { sql } from "drizzle-orm";
import { boolean, integer, numeric, pgEnum, pgTable, text, timestamp, varchar } from "drizzle-orm/pg-core";
${more}
export const users = pgTable("users", {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  email: varchar({ length: 255 }).notNull().unique(),
  ${columns}
});
`;

const config = (further = "") => `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  schema: { sqlite: "schema/sqlite.ts", postgresql: "schema/postgresql.ts" },
  environments: {
    dev: { url: "sqlite:data/dev.db" },
    production: { url: process.env.PRODUCTION_URL },
  },
  ${further}
});
`;

function begin(further = ""): Project {
  return createProject({
    "migrator.config.ts": config(further),
    "schema/sqlite.ts": sqlite(
      `name: text().notNull(), joinedAt: integer("joined_at", { mode: "timestamp" }).notNull().default(sql\`(unixepoch())\`),`,
    ),
    "schema/postgresql.ts": postgresql(
      `name: text().notNull(), joinedAt: timestamp("joined_at", { withTimezone: true }).notNull().default(sql\`now()\`),`,
    ),
  });
}

async function draft(
  project: Project,
  id: string,
  args: readonly string[] = [],
  options: RunOptions = {},
) {
  const drafting = ["revision", "--autogenerate", "-m", id, "--rev-id", id, ...args];
  const { stdout } = succeeded(await project.mig(drafting, options));
  const text = project.read(stdout.trim().replace(/^wrote /, ""));
  return text.slice(text.indexOf("export function upgrade"));
}

async function production(): Promise<RunOptions> {
  const newest = inject("postgres").at(-1);
  if (newest === undefined) throw new Error("no PostgreSQL server");
  return { env: { PRODUCTION_URL: await createDatabase(newest) } };
}

async function expectClean(project: Project, options: RunOptions): Promise<void> {
  for (const env of ["dev", "production"]) {
    succeeded(await project.mig(["upgrade", "-n", env], options));
    expect(await project.mig(["check", "--strict", "-n", env], options)).toMatchObject({
      code: 0,
      stdout: "the database is what the schema says\n",
    });
  }
}

test("what is the same is written once, and the rest for each; a rename is decided for both", async () => {
  const [project, options] = [begin(), await production()];
  expect(await draft(project, "a1")).toBe(`export function upgrade(op: Op) {
  op.createTable(
    "users",
    [
      t.integer("id", { notNull: true, identity: "byDefault" }),
      t.varchar("email", { length: 255, notNull: true }),
      t.text("name", { notNull: true }),
      t.raw(
        "joined_at",
        { postgresql: "timestamp with time zone", sqlite: "integer" },
        { notNull: true, default: { postgresql: sql\`now()\`, sqlite: sql\`(unixepoch())\` } },
      ),
    ],
    [primaryKey("users_pkey", ["id"]), unique("users_email_unique", ["email"])],
  );
}

export function downgrade(op: Op) {
  op.dropTable("users");
}
`);
  await expectClean(project, options);
  project.sqlite("INSERT INTO users (email, name) VALUES ('a@example.org', 'Ada')");

  project.write({
    "schema/sqlite.ts": sqlite(
      `fullName: text("full_name").notNull(), joinedAt: integer("joined_at", { mode: "timestamp" }).notNull().default(sql\`(unixepoch())\`), active: integer({ mode: "boolean" }).notNull().default(false), mood: text({ enum: ["sad", "happy"] }), team: integer().references(() => teams.id), leader: integer(),`,
      `export const teams = sqliteTable("teams", { id: integer().primaryKey() });`,
    ),
    "schema/postgresql.ts": postgresql(
      `fullName: text("full_name").notNull(), joinedAt: timestamp("joined_at", { withTimezone: true }).notNull().default(sql\`now()\`), active: boolean().notNull().default(false), mood: mood(), team: integer().references(() => teams.id), leader: integer().references((): any => users.id),`,
      `export const mood = pgEnum("mood", ["sad", "happy"]);
export const teams = pgTable("teams", { id: integer().primaryKey().generatedByDefaultAsIdentity() });`,
    ),
  });
  const drafting = ["revision", "--autogenerate", "-m", "x"];
  await refuses(project, drafting, {
    code: "RENAMES_UNDECIDED",
    says: `error: something may have been renamed, and nobody can be asked: users.name to users.full_name
help: say --rename users.name:users.full_name, or --accept-drops to drop the old and add the new, with the data in it lost`,
  });
  await refuses(project, [...drafting, "--rename", "users.name:fullname"], {
    code: "RENAME_UNKNOWN",
    says: `error: --rename users.name:fullname means nothing: the first is not something that is gone, or the second not something of its kind that is new
help: what may have been renamed: users.name:users.full_name, users.name:users.mood`,
  });
  const text = await draft(
    project,
    "a2",
    ["--rename", "users.name:full_name", "-n", "production"],
    options,
  );
  expect(text).toBe(`export function upgrade(op: Op) {
  op.renameColumn("users", "name", "full_name");
  op.createEnum("mood", ["sad", "happy"]);
  op.batchAlterTable("users", (users) => {
    users.addColumn(t.boolean("active", { notNull: true, default: false }));
    users.addColumn(t.enum("mood", "mood"));
    users.addColumn(t.integer("team"));
    users.addColumn(t.integer("leader"));
    users.on("postgresql", (users) => {
      users.addConstraint(foreignKey("users_leader_users_id_fk", ["leader"], "users", ["id"]));
    });
  });
  op.createTable(
    "teams",
    [t.integer("id", { notNull: true, identity: "byDefault" })],
    [primaryKey("teams_pkey", ["id"])],
  );
  op.addConstraint("users", foreignKey("users_team_teams_id_fk", ["team"], "teams", ["id"]));
}

export function downgrade(op: Op) {
  op.dropConstraint("users", "users_team_teams_id_fk");
  op.dropTable("teams");
  op.batchAlterTable("users", (users) => {
    users.on("postgresql", (users) => {
      users.dropConstraint("users_leader_users_id_fk");
    });
    users.dropColumn("leader");
    users.dropColumn("team");
    users.dropColumn("mood");
    users.dropColumn("active");
  });
  op.dropEnum("mood");
  op.renameColumn("users", "full_name", "name");
}
`);
  await expectClean(project, options);
  expect(project.sqlite("SELECT full_name FROM users")).toEqual([{ full_name: "Ada" }]);
  const nothing = await project.mig(drafting, options);
  expect([nothing.code, nothing.stderr]).toEqual([0, "nothing differs: no file was written\n"]);
});

test("docs/dual-databases.md shows what is drafted for its schemas", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/dual-databases.md"), "utf8");
  const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, text = ""]) => text);
  const schemas = blocks.filter((text) => text.startsWith("// schema/"));
  const project = createProject({
    "migrator.config.ts": config(),
    ...Object.fromEntries(schemas.map((text) => [/schema\/\w+\.ts/.exec(text)?.[0] ?? "", text])),
  });
  const shown = blocks.find((text) => text.startsWith("export function upgrade")) ?? "none";
  expect(schemas).toHaveLength(2);
  expect(await draft(project, "a1")).toContain(shown);
});

test("a remark says where it holds; what one database alone needs stands by itself; --dialect drafts for one", async () => {
  const project = begin();
  await draft(project, "a1");
  succeeded(await project.mig(["upgrade"]));
  project.sqlite("INSERT INTO users (email, name) VALUES ('a@example.org', 'Ada')");
  project.write({
    "schema/sqlite.ts": sqlite(
      `name: text().notNull(), born: text().notNull(), joinedAt: integer("joined_at", { mode: "timestamp" }),`,
    ),
    "schema/postgresql.ts": postgresql(
      `name: text().notNull(), born: text().notNull(), joinedAt: timestamp("joined_at", { withTimezone: true }).notNull().default(sql\`now()\`),`,
    ),
  });
  const text = await draft(project, "a2");
  expect(
    text,
  ).toContain(`  // SQLite: FAILS as it is: 1 row of users have no value for born. Give it a default, or say { backfill: sql\`…\` }
  op.batchAlterTable("users", (users) => {
    users.addColumn(t.text("born", { notNull: true }));
    users.on("sqlite", (users) => {
      users.alterColumn("joined_at", { notNull: false, default: null });
    });
  });
`);
  const [file = ""] = project.list("versions").filter((name) => name.includes("a2"));
  project.write({ [join("versions", file)]: revisionFile({ revision: "a2", down: "a1" }) });
  succeeded(await project.mig(["upgrade"]));
  const one = await draft(project, "a3", ["--dialect", "postgresql"]);
  expect(one).toContain(`  op.addColumn("users", t.text("born", { notNull: true }));\n`);
  expect(one).not.toContain("joined_at");
});

test("a trigger of SQLite is told as what PostgreSQL does not understand", async () => {
  const trigger = "CREATE TRIGGER a AFTER INSERT ON users BEGIN SELECT 1; END";
  const module = revisionFile({ revision: "a2", down: "a1", upgrade: `op.execute("${trigger}");` });
  const script = `-- revision: a2\n-- down-revision: a1\n\n${trigger};\n`;
  for (const file of [{ "versions/a2.ts": module }, { "versions/a2.sql": script }]) {
    const project = begin();
    await draft(project, "a1");
    project.write(file);
    succeeded(await project.mig(["upgrade"]));
    const result = await project.mig(["revision", "--autogenerate", "-m", "x", "--json"]);
    const { error } = result.json<{ error: Record<string, string> }>();
    expect([error.code, error.message]).toEqual([
      "REPLAY_FAILED",
      expect.stringContaining("revision a2 failed: syntax error at"),
    ]);
  }
});

test("a history that does not replay is told with its statement, and can be left out or prepared for", async () => {
  const project = begin();
  project.write({
    "versions/a1.ts": revisionFile({
      revision: "a1",
      upgrade: "op.execute({ postgresql: sql`SELECT nonsense()`, sqlite: null });",
    }),
  });
  succeeded(await project.mig(["upgrade"]));
  const drafting = ["revision", "--autogenerate", "-m", "x"];
  const { statement } = await refuses(project, drafting, {
    code: "REPLAY_FAILED",
    says: `error: the history does not run on an empty postgresql database: revision a1 failed: function nonsense() does not exist (at line 1, column 8); No function matches the given name and argument types. You might need to add explicit type casts.
  versions/a1.ts:11:6
  SELECT nonsense()
help: it was an empty database to try things on; none of yours was touched; correct the revision; if it needs what an empty database lacks, make that first with \`scratch: { prepare: { … } }\` in the config, or leave it out with \`scratch: { skip: ["a1"] }\`; --dialect sqlite drafts for this database alone`,
  });
  expect(statement).toBe("SELECT nonsense()");
  const made = "CREATE FUNCTION nonsense() RETURNS int LANGUAGE sql AS 'SELECT 1'";
  project.write({
    "migrator.config.ts": config(`scratch: { prepare: { postgresql: ${JSON.stringify(made)} } },`),
  });
  expect(await draft(project, "b1")).toContain("op.createTable(");
});

test("PGlite is loaded by what needs it, and by nothing else", async () => {
  const project = begin();
  project.write({
    "spy.cjs": `const Module = require("node:module");
const load = Module._load;
Module._load = function (request, ...rest) {
  if (/pglite/.test(request)) require("node:fs").appendFileSync("loaded.txt", request + "\\n");
  return load.call(this, request, ...rest);
};
`,
    "loaded.txt": "",
  });
  const options = { env: { NODE_OPTIONS: "--require ./spy.cjs" } };
  const without = [
    ["revision", "-m", "empty", "--rev-id", "a0"],
    ["upgrade"],
    ["revision", "--autogenerate", "-m", "x", "--rev-id", "a1", "--dialect", "sqlite"],
    ["upgrade"],
    ["check"],
    ["check", "--parity"],
    ["diff"],
    ["status"],
    ["test", "--dialect", "sqlite"],
  ];
  for (const args of without) succeeded(await project.mig(args, options));
  expect(project.read("loaded.txt")).toBe("");
  await project.mig(["revision", "--autogenerate", "-m", "y"], options);
  expect(project.read("loaded.txt")).toContain("@electric-sql/pglite");
});
